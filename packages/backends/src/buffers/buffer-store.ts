/// <reference lib="esnext.disposable" preserve="true" />
// For the types of whoever uses this package: their compiler may be set to a library without Symbol.dispose.
import type { Region } from "../backend.js";
import { BackendError } from "../errors.js";
import { findBuffers } from "./find-buffers.js";
import { OwnedBuffer } from "./owned-buffer.js";

/** A scope that is open until it is closed, for `using`. */
export interface OpenScope {
  /** Buffers found in `value` (as `scope` finds them) outlive the scope. Returns `value`. */
  keep<T>(value: T): T;
  /** Frees what was made since the scope was opened and not kept; scopes opened inside it end too. */
  close(): void;
  [Symbol.dispose](): void;
}

/** Where buffers lie, in blocks that are numbered from 0. */
export interface BlockMemory {
  allocate(bytes: number): number;
  /** What a buffer in this block calls its address. */
  address(block: number): number;
  /** Bytes that the block takes. */
  capacity(block: number): number;
  free(block: number): void;
}

/** Who frees which buffer when. */
export interface BufferStore {
  /** A buffer with undefined contents, which the innermost open scope frees, or else the garbage collector. */
  make(length: number, bytes: number, isIndex: boolean): OwnedBuffer;
  scope<T>(body: () => T): T;
  openScope(): OpenScope;
  /** Runs `body` as if no scope were open. */
  unscoped<T>(body: () => T): T;
  region(): Region;
  /** Frees a buffer now, unless it is retained. */
  free(buffer: OwnedBuffer): void;
  /** Buffers that are not freed yet. */
  live(): number;
}

/**
 * A scope holds the buffers made in it and frees all but those that its result leads to, which then belong to the scope around it. Buffers of no scope are
 * freed some time after nothing refers to them, which takes a garbage collection and a turn of the event loop. The engine does not see how much memory
 * lies behind a buffer, so it is nudged now and then; a loop that never gives the event loop a turn frees nothing that way and needs a scope.
 * @param backend for errors: `wasm`
 */
export function bufferStore(heap: BlockMemory, backend: string): BufferStore {
  const scopes: OwnedBuffer[][] = [];
  let [live, unscoped] = [0, 0];
  const release = (block: number): void => {
    heap.free(block);
    live--;
  };
  const forgotten = new FinalizationRegistry<number>(release);
  const adopt = (buffer: OwnedBuffer): void => {
    if (buffer.block < 0) return;
    const innermost = scopes.at(-1);
    if (innermost) {
      innermost.push(buffer);
      return;
    }
    forgotten.register(buffer, buffer.block, buffer);
    unscoped += heap.capacity(buffer.block);
    if (unscoped >= NUDGE) {
      unscoped = 0;
      nudgeCollector();
    }
  };
  const releaseAll = (made: readonly OwnedBuffer[], kept: ReadonlySet<OwnedBuffer>): void => {
    for (const buffer of made) {
      // A region may have been first.
      if (buffer.isFreed) continue;
      if (buffer.isRetained || kept.has(buffer)) adopt(buffer);
      else {
        buffer.markFreed();
        release(buffer.block);
      }
    }
  };
  const open = (): OwnedBuffer[] => {
    const made: OwnedBuffer[] = [];
    scopes.push(made);
    return made;
  };
  const end = (made: OwnedBuffer[], kept: ReadonlySet<OwnedBuffer>): void => {
    // Scopes inside that were left open end with it.
    for (let at = scopes.indexOf(made); at >= 0 && scopes.length > at; ) releaseAll(scopes.pop()!, kept);
  };

  return {
    make(length, bytes, isIndex) {
      if (length === 0) return new OwnedBuffer(backend, 0, isIndex, -1, EMPTY_ADDRESS);
      const block = heap.allocate(bytes);
      live++;
      const buffer = new OwnedBuffer(backend, length, isIndex, block, heap.address(block));
      adopt(buffer);
      return buffer;
    },
    scope(body) {
      const made = open();
      let kept: ReadonlySet<OwnedBuffer> = new Set();
      try {
        const result = body();
        if (result instanceof Promise) {
          throw new BackendError(`${backend}: the body of a scope gave a promise; await outside of it: a scope ends when its body returns`);
        }
        kept = findBuffers(result);
        return result;
      } finally {
        end(made, kept);
      }
    },
    openScope() {
      const made = open();
      const kept = new Set<OwnedBuffer>();
      const close = (): void => end(made, kept);
      return {
        keep(value) {
          for (const buffer of findBuffers(value)) kept.add(buffer);
          return value;
        },
        close,
        [Symbol.dispose ?? Symbol.for("Symbol.dispose")]: close,
      } as OpenScope;
    },
    region() {
      const held = new Set<OwnedBuffer>();
      return {
        run(body) {
          const made = open();
          try {
            return body();
          } finally {
            const at = scopes.indexOf(made);
            while (at >= 0 && scopes.length > at + 1) releaseAll(scopes.pop()!, NOTHING);
            if (at >= 0) scopes.pop();
            for (const buffer of made) {
              if (buffer.isFreed) continue;
              // The collector knows of it too: a region that is forgotten is garbage like any other.
              forgotten.register(buffer, buffer.block, buffer);
              held.add(buffer);
            }
          }
        },
        adopt(value) {
          for (const buffer of findBuffers(value)) if (buffer.block >= 0) held.add(buffer);
        },
        keepOnly(value) {
          const kept = findBuffers(value);
          for (const buffer of held) {
            if (kept.has(buffer)) continue;
            held.delete(buffer);
            if (buffer.isFreed) continue;
            forgotten.unregister(buffer);
            if (buffer.isRetained) adopt(buffer);
            else {
              buffer.markFreed("region");
              release(buffer.block);
            }
          }
        },
      };
    },
    free(buffer) {
      if (buffer.block < 0 || buffer.isFreed || buffer.isRetained) return;
      forgotten.unregister(buffer);
      buffer.markFreed("owner");
      release(buffer.block);
    },
    unscoped(body) {
      const around = scopes.splice(0);
      try {
        return body();
      } finally {
        scopes.unshift(...around);
      }
    },
    live: () => live,
  };
}

/** Where a buffer without entries says it lies: a place in every memory, never read. */
const EMPTY_ADDRESS = 1024;

const NOTHING: ReadonlySet<OwnedBuffer> = new Set();

/** Bytes in buffers of no scope after which the collector is nudged. */
const NUDGE = 2 ** 26;

/** An allocation that is garbage at once: engines count its bytes, which are never touched, and collect sooner. Measured: 3000 results of 1 MiB took 175 MiB in place of 927. */
function nudgeCollector(): void {
  try {
    if (new ArrayBuffer(NUDGE).byteLength !== NUDGE) return;
  } catch {
    // Where there is no room, the engine has looked for garbage already.
  }
}
