import type { Precision } from "./backend.js";
import { BackendError } from "./errors.js";
import { createEngine } from "./wasm/engine.js";
import { detectFeatures, type Features } from "./wasm/features.js";
import { numbersOf } from "./wasm/numbers.js";
import { canStartWorkers } from "./wasm/threads/start-worker.js";
import { type WasmBackend, wasmBackend } from "./wasm/wasm-backend.js";

export { detectFeatures as wasmFeatures, type Features as WasmFeatures } from "./wasm/features.js";
export type { MemoryInUse, WasmBackend } from "./wasm/wasm-backend.js";

export interface WasmOptions {
  /** Of numbers and of sums, default float32: four numbers in a vector, where float64 has two. */
  readonly precision?: Precision;
  /** Threads that kernels' work is cut for, 1 to 32, this one included; default 1. */
  readonly threads?: number;
  /** Bytes that arrays and working memory may take; default and most 4 GiB − 64 KiB, or what the engine can set aside. */
  readonly maxMemory?: number;
}

/**
 * Kernels in WebAssembly with SIMD, generated for each shape and kept, on one or more threads.
 * @throws RangeError for options that are not as described
 * @throws BackendError if WebAssembly SIMD is not there or may not be compiled, or no memory can be set aside
 * @remarks Calls with the same options give the same backend, so arrays made in different places go together. Threads need memory that they share: in a page that is not
 * isolated from other origins, and where workers cannot be started, there is one thread, and `executedOn` says so. Products and sums round once
 * instead of twice where the engine has relaxed SIMD (which is looked at when the backend is made), so results of two machines may differ in their
 * last bits; on one machine, with the same options, they are always the same. Outside of a `scope`, buffers are freed some time after they are garbage;
 * the engine does not see how much memory lies behind them, so long computations belong in scopes.
 */
export function wasm(options: WasmOptions = {}): WasmBackend {
  const { precision = "float32", threads = 1, maxMemory = MOST_MEMORY } = options;
  checkOptions(precision, threads, maxMemory);
  const features = detectFeatures();
  if (!features.simd) {
    throw new BackendError(
      "wasm: this engine has no WebAssembly SIMD; use a browser of 2021 or later (Chrome 91, Firefox 89, Safari 16.4) or Node 16, or cpu()",
    );
  }
  if (!features.compiles) {
    throw new BackendError(
      "wasm: this page's Content-Security-Policy forbids WebAssembly; allow it with script-src 'wasm-unsafe-eval', or use cpu()",
    );
  }
  const canFork = features.threads && canStartWorkers();
  const key = [precision, threads, maxMemory, features.relaxedSimd, canFork].join();
  const known = instances.get(key);
  if (known !== undefined) return known;
  const numThreads = canFork ? threads : 1;
  const engine = createEngine({ numbers: numbersOf(precision, features.relaxedSimd), threads: numThreads }, { maxMemory });
  const made = wasmBackend(engine, inWords(precision, numThreads, threads, features));
  instances.set(key, made);
  return made;
}

/** Backends by their options: made once, as those of `cpu` are, but only when asked for, since each sets memory aside. */
const instances = /* @__PURE__ */ new Map<string, WasmBackend>();

/** The last page stays unused: an address just after the end must not be 2³². */
const MOST_MEMORY = 2 ** 32 - 2 ** 16;

function checkOptions(precision: unknown, threads: number, maxMemory: number): void {
  if (precision !== "float32" && precision !== "float64")
    throw new RangeError(`wasm: precision is ${String(precision)}; it must be "float32" or "float64"`);
  if (!Number.isInteger(threads) || threads < 1 || threads > 32)
    throw new RangeError(`wasm: threads is ${String(threads)}; it must be a whole number from 1 to 32`);
  if (!(maxMemory >= 2 ** 16 && maxMemory <= MOST_MEMORY))
    throw new RangeError(
      `wasm: maxMemory is ${String(maxMemory)} bytes; it must be from 65536 (64 KiB) to ${MOST_MEMORY} (4 GiB − 64 KiB)`,
    );
}

function inWords(precision: Precision, threads: number, asked: number, { threads: canShare, relaxedSimd }: Features): string {
  const reason = canShare ? "workers cannot be started here" : "memory cannot be shared: the page is not cross-origin isolated";
  const count = threads === asked ? "" : ` (${asked} were asked for; ${reason})`;
  return `wasm-${precision}, ${threads} thread${threads === 1 ? "" : "s"}${count}, ${relaxedSimd ? "relaxed SIMD" : "SIMD"}`;
}
