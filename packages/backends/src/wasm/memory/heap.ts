import { BackendError } from "../../errors.js";
import { blockAllocator } from "./block-allocator.js";
import { inBytes } from "./in-bytes.js";

/** The memory's numbers; new objects when the memory grows. */
export interface Views {
  readonly bytes: Uint8Array;
  readonly i32: Int32Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
}

/** One WebAssembly memory, cut into blocks. */
export interface Heap {
  readonly memory: WebAssembly.Memory;
  /**
   * A block of so many bytes, contents undefined, at a multiple of 64; at least 64 bytes after it can be read.
   * @throws BackendError if they do not fit
   */
  allocate(bytes: number): number;
  free(block: number): void;
  address(block: number): number;
  /** Bytes from the block's address on that are its own. */
  capacity(block: number): number;
  /** Valid until the next allocation. */
  views(): Views;
  /** Bytes in blocks, and bytes that the memory has grown to. */
  inUse(): number;
  reserved(): number;
}

/**
 * @param maxBytes the memory never grows beyond this; where the engine cannot set so much aside, half of it is tried, and so on
 * @param shared between threads
 */
export function createHeap(maxBytes: number, shared: boolean): Heap {
  const maximum = Math.max(1, Math.floor(maxBytes / PAGE));
  const { memory, pages } = setAside(maximum, shared);
  const blocks = blockAllocator();
  let [length, inUse] = [FIRST_UNIT, 0];
  let views: Views | undefined;

  /** Makes the row end one unit before the memory does, which is what can be read after every block. */
  const extendToEnd = (): void => {
    const end = memory.buffer.byteLength / UNIT - 1;
    if (end > length) blocks.extend(end - length);
    length = Math.max(length, end);
    views = undefined;
  };
  const grow = (units: number): boolean => {
    const needed = Math.ceil(((units - blocks.freeAtEnd()) * UNIT) / PAGE);
    const now = memory.buffer.byteLength / PAGE;
    // Growing by a half each time: few growths, and less than a third set aside in vain.
    for (const wanted of [Math.min(pages - now, Math.max(needed, Math.ceil(now / 2), 16)), needed]) {
      if (wanted < needed || now + wanted > pages) continue;
      try {
        memory.grow(wanted);
      } catch {
        continue;
      }
      extendToEnd();
      return true;
    }
    return false;
  };
  extendToEnd();

  return {
    memory,
    allocate(bytes) {
      const units = Math.max(1, Math.ceil(bytes / UNIT));
      let block = units < MOST_UNITS ? blocks.allocate(units) : -1;
      if (block < 0 && units < MOST_UNITS && grow(units)) block = blocks.allocate(units);
      if (block < 0) throw noRoom(bytes, inUse, pages * PAGE);
      inUse += units * UNIT;
      return block;
    },
    free(block) {
      inUse -= blocks.size(block) * UNIT;
      blocks.free(block);
    },
    address: (block) => (blocks.start(block) + FIRST_UNIT) * UNIT,
    capacity: (block) => blocks.size(block) * UNIT,
    views() {
      views ??= viewsOf(memory.buffer);
      return views;
    },
    inUse: () => inUse,
    reserved: () => memory.buffer.byteLength,
  };
}

const PAGE = 65536;
const UNIT = 64;
const MOST_UNITS = 2 ** 26;
/** Kernels may take addresses below 1024 for impossible. */
const FIRST_UNIT = 16;

function setAside(maximum: number, shared: boolean): { readonly memory: WebAssembly.Memory; readonly pages: number } {
  for (let pages = maximum; ; pages = Math.ceil(pages / 2)) {
    try {
      return { memory: new WebAssembly.Memory({ initial: 1, maximum: pages, shared }), pages };
    } catch (cause) {
      if (pages === 1) throw new BackendError("wasm: the engine has no memory left to set aside", { cause });
    }
  }
}

function viewsOf(buffer: ArrayBuffer | SharedArrayBuffer): Views {
  return { bytes: new Uint8Array(buffer), i32: new Int32Array(buffer), f32: new Float32Array(buffer), f64: new Float64Array(buffer) };
}

function noRoom(bytes: number, inUse: number, maximum: number): BackendError {
  return new BackendError(
    `wasm: no room for ${inBytes(bytes)}: ${inBytes(inUse)} of ${inBytes(maximum)} are in use; ` +
      "free arrays early with scope(), take smaller batches, compute in float32, or allow more with maxMemory",
  );
}
