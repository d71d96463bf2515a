import type { Buffer, IndexBuffer } from "../backend.js";
import { boundedCache } from "../buffers/bounded-cache.js";
import { type BufferStore, bufferStore } from "../buffers/buffer-store.js";
import type { OwnedBuffer } from "../buffers/owned-buffer.js";
import { type CompiledKernel, compileKernel } from "./compile-kernel.js";
import type { Launch, Target } from "./kernel.js";
import { createHeap, type Heap } from "./memory/heap.js";
import { resident } from "./memory/resident.js";
import { runPhases } from "./run-phases.js";
import { createPool } from "./threads/pool.js";

/** Runs launches: compiled kernels, in one memory, on one or more threads. */
export interface Engine {
  readonly target: Target;
  readonly heap: Heap;
  readonly buffers: BufferStore;
  /** The result of a launch, in a new buffer. */
  run(launch: Launch): OwnedBuffer;
  /**
   * A launch that is run again and again at places that may change, allocating nothing: what is at `addresses` when it runs decides.
   * @param placeOf where the buffer of an operand lies
   */
  prepare(launch: Launch, addresses: Int32Array, placeOf: (buffer: Buffer | IndexBuffer) => Place, result: Place): () => void;
  /** Kernels that are kept for their keys. */
  numKernels(): number;
  /** Workers that have started. */
  listening(): number;
}

/** The address `addresses[slot]` + `bytes`. */
export interface Place {
  readonly slot: number;
  readonly bytes: number;
}

/** At most so many kernels are kept, some 100 MiB; of those used less lately, some are compiled again. */
export const maxKernels = 4096;

export interface EngineOptions {
  /** Bytes. */
  readonly maxMemory: number;
  /** Cycles that a phase must take to be worth waking other threads; by default 60,000, some 20 µs, since posting and joining would take as long as the work saved. */
  readonly forkFrom?: number;
}

/** @throws BackendError if no memory can be set aside */
export function createEngine(target: Target, { maxMemory, forkFrom = 60_000 }: EngineOptions): Engine {
  const { threads, numbers } = target;
  const heap = createHeap(maxMemory, threads > 1);
  const buffers = bufferStore(heap, "wasm");
  const constants = resident(heap);
  const pool = threads > 1 ? createPool(heap, threads) : undefined;
  const kernels = boundedCache<CompiledKernel>(maxKernels);
  const scratch = { block: -1, capacity: 0, address: 0 };
  let args = new Int32Array(64);

  const compiledFor = (launch: Launch): CompiledKernel => {
    const known = kernels.get(launch.key);
    if (known !== undefined) return known;
    const made = compileKernel(launch.make(), heap, constants, threads, pool, forkFrom);
    kernels.set(launch.key, made);
    return made;
  };
  /** One stretch of scratch memory serves all kernels, since they run one after another; it is as long as the longest so far needed. */
  const scratchFor = ({ scratchBytes }: CompiledKernel): number => {
    if (scratchBytes > scratch.capacity) {
      if (scratch.block >= 0) heap.free(scratch.block);
      scratch.capacity = 0;
      scratch.block = -1;
      scratch.block = heap.allocate(scratchBytes);
      scratch.address = heap.address(scratch.block);
      scratch.capacity = heap.capacity(scratch.block);
    }
    return scratch.address;
  };
  const offsetBytes = (operand: { readonly buffer: Buffer | IndexBuffer; readonly offset: number }): number =>
    "isIndex" in operand.buffer && operand.buffer.isIndex ? 4 * operand.offset : numbers.bytes * operand.offset;

  return {
    target,
    heap,
    buffers,
    run(launch) {
      const { operands, length } = launch;
      const isIndex = launch.isIndex === true;
      if (length === 0) return buffers.make(0, 0, isIndex);
      const kernel = compiledFor(launch);
      const count = operands.length;
      if (count + 6 > args.length) args = new Int32Array(2 * (count + 6));
      for (let i = 0; i < count; i++) {
        const operand = operands[i]!;
        args[i] =
          "integers" in operand
            ? constants.address(operand.integers, operand.integers)
            : (operand.buffer as OwnedBuffer).address + offsetBytes(operand);
      }
      args[count + 2] = scratchFor(kernel);
      const result = buffers.make(length, length * (isIndex ? 4 : numbers.bytes), isIndex);
      args[count] = result.address;
      args[count + 1] = kernel.tables;
      runPhases(kernel, args, count + 3, threads, pool);
      return result;
    },
    prepare(launch, addresses, placeOf, result) {
      if (launch.length === 0) return () => {};
      const kernel = compiledFor(launch);
      scratchFor(kernel);
      const { operands } = launch;
      const count = operands.length;
      const [slots, bytes, own] = [new Int32Array(count), new Int32Array(count), new Int32Array(count + 6)];
      // Integers lie in memory as long as their arrays live, which this keeps.
      const integers = operands.filter((operand) => "integers" in operand);
      operands.forEach((operand, i) => {
        const place = "integers" in operand ? undefined : placeOf(operand.buffer);
        slots[i] = place?.slot ?? -1;
        bytes[i] = "integers" in operand ? constants.address(operand.integers, operand.integers) : place!.bytes + offsetBytes(operand);
      });
      const rerun = (): void => {
        for (let i = 0; i < count; i++) own[i] = slots[i]! < 0 ? bytes[i]! : addresses[slots[i]!]! + bytes[i]!;
        own[count] = addresses[result.slot]! + result.bytes;
        own[count + 1] = kernel.tables;
        own[count + 2] = scratchFor(kernel);
        runPhases(kernel, own, count + 3, threads, pool);
      };
      return Object.assign(rerun, { integers });
    },
    numKernels: () => kernels.size,
    listening: () => pool?.listening() ?? 0,
  };
}
