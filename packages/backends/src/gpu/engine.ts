import type { Buffer, IndexBuffer } from "../backend.js";
import { boundedCache } from "../buffers/bounded-cache.js";
import { type BlockMemory, type BufferStore, bufferStore } from "../buffers/buffer-store.js";
import type { OwnedBuffer } from "../buffers/owned-buffer.js";
import { BackendError } from "../errors.js";
import type { DeviceKernel, Driver, Handle } from "./driver.js";
import { functionsUsed } from "./kernel-functions.js";
import { kernelSource } from "./kernel-source.js";
import type { Device, IndexOrigin, Launch } from "./launch.js";

/** Runs launches on a device: kernels kept by their keys, numbers in handles that buffers own. */
export interface Engine {
  readonly driver: Driver;
  readonly buffers: BufferStore;
  /** The result of a launch, in a new buffer. */
  run(launch: Launch): OwnedBuffer;
  upload(values: ArrayLike<number>): OwnedBuffer;
  /** @throws BackendError if a position is beyond 2²⁴, where float32 is no longer exact */
  uploadIndex(values: ArrayLike<number>): IndexBuffer;
  read(buffer: Buffer): Promise<Float32Array>;
  readonly readSync?: (buffer: Buffer) => Float32Array;
  readonly device: Device;
  /** What was done since the engine was made. */
  readonly counts: Counts;
}

export interface Counts {
  launches: number;
  uploads: number;
  reads: number;
  /** Kernels made: compiled for their code and shape. */
  kernels: number;
}

interface Prepared {
  readonly kernel: DeviceKernel;
  /** The tables that its code mentions. */
  readonly tables: readonly string[];
}

/** Kernels that are kept. */
const MOST_KERNELS = 2048;
/** Tables that are kept by name. */
const MOST_TABLES = 128;

export function createEngine(driver: Driver): Engine {
  const slots: { handle: Handle | undefined; readonly bytes: number }[] = [];
  const vacant: number[] = [];
  const counts: Counts = { launches: 0, uploads: 0, reads: 0, kernels: 0 };
  const memory: BlockMemory = {
    allocate(bytes) {
      const slot = vacant.pop() ?? slots.length;
      slots[slot] = { handle: undefined, bytes };
      return slot;
    },
    address: (block) => block,
    capacity: (block) => slots[block]!.bytes,
    free(block) {
      const { handle } = slots[block]!;
      slots[block] = { handle: undefined, bytes: 0 };
      vacant.push(block);
      if (handle) driver.free(handle);
    },
  };
  const buffers = bufferStore(memory, "gpu");
  const own = (handle: Handle, length: number, isIndex: boolean): OwnedBuffer => {
    const buffer = buffers.make(length, 4 * length, isIndex);
    slots[buffer.block]!.handle = handle;
    return buffer;
  };
  const kernels = boundedCache<Prepared>(MOST_KERNELS, ({ kernel }) => driver.freeKernel(kernel));
  const tables = new WeakMap<Float32Array, Handle>();
  const forgotten = new FinalizationRegistry<Handle>((handle) => driver.free(handle));
  const tableOnDevice = (table: Float32Array): Handle => {
    const known = tables.get(table);
    if (known) return known;
    const handle = driver.upload(table.length > 0 ? table : NOTHING);
    tables.set(table, handle);
    forgotten.register(table, handle);
    return handle;
  };
  const handleOf = (buffer: Buffer | IndexBuffer): Handle =>
    buffer.length === 0 ? tableOnDevice(NOTHING) : slots[(buffer as OwnedBuffer).address]!.handle!;
  const prepare = ({ body, operands, tables: constants = {}, length }: Launch): Prepared => {
    const code = body();
    const used = Object.keys(constants).filter((name) => code.includes(`${name}[`));
    counts.kernels++;
    const source = kernelSource([...operands.map((_, i) => `a${i}`), ...used], code);
    return { kernel: driver.compile(source, functionsUsed(source), length), tables: used };
  };
  const requireRoom = (length: number): void => {
    if (length <= driver.maxLength) return;
    throw new BackendError(
      `gpu: an array of ${length} numbers is too large for ${driver.mode} here, which holds ${driver.maxLength} in one; ` +
        "use fewer examples at a time, or wasm() or cpu()",
    );
  };
  const { readSync } = driver;
  const named = boundedCache<Float32Array>(MOST_TABLES);
  const table: Device["table"] = (name, make) => {
    const held = named.get(name);
    if (held) return held;
    const made = make();
    named.set(name, made);
    return made;
  };

  const origins = new WeakMap<object, IndexOrigin>();
  const run = (launch: Launch): OwnedBuffer => {
    const { key, operands, tables: constants = {}, length, isIndex = false } = launch;
    if (length === 0) return buffers.make(0, 0, isIndex);
    requireRoom(length);
    // The device's code says how long what it reads is, so lengths belong to the key.
    const fullKey = `${key}→${length}|${operands.map((operand) => operand.length).join()}`;
    let prepared = kernels.get(fullKey);
    if (prepared === undefined) {
      prepared = prepare(launch);
      kernels.set(fullKey, prepared);
    }
    counts.launches++;
    const handles = [...operands.map(handleOf), ...prepared.tables.map((name) => tableOnDevice(constants[name]!))];
    return own(driver.launch(prepared.kernel, handles), length, isIndex);
  };
  const upload = (values: ArrayLike<number>, isIndex: boolean): OwnedBuffer => {
    const { length } = values;
    if (length === 0) return buffers.make(0, 0, isIndex);
    requireRoom(length);
    counts.uploads++;
    return own(driver.upload(Float32Array.from(values)), length, isIndex);
  };
  const asIndex: Device["asIndex"] = (buffer, origin) => {
    origins.set(buffer, origin);
    return buffer as unknown as IndexBuffer;
  };

  return {
    driver,
    buffers,
    counts,
    device: { run, scope: (body) => buffers.scope(body), table, originOf: (index) => origins.get(index), asIndex },
    run,
    upload: (values) => upload(values, false),
    uploadIndex(values) {
      const positions = Int32Array.from(values);
      const beyond = positions.find((position) => position > EXACT);
      if (beyond !== undefined) throw tooFar(beyond);
      return asIndex(upload(positions, true), { values: positions });
    },
    async read(buffer) {
      if (buffer.length === 0) return new Float32Array(0);
      counts.reads++;
      return driver.read(handleOf(buffer));
    },
    ...(readSync && {
      readSync(buffer: Buffer) {
        if (buffer.length === 0) return new Float32Array(0);
        counts.reads++;
        return readSync(handleOf(buffer));
      },
    }),
  };
}

/** What kernels read in place of an operand without entries. */
const NOTHING = new Float32Array(1);

/** Integers up to here are float32 numbers, and numbers are all that a handle holds. */
export const EXACT = 2 ** 24;

/** A position, or so many entries to point into, that float32 does not hold. */
export function tooFar(position: number): BackendError {
  return new BackendError(
    `gpu: position ${position} is beyond ${EXACT}, where float32 is no longer exact; index fewer entries at a time, or use wasm() or cpu()`,
  );
}
