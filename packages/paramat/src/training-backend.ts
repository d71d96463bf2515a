import { type Backend, cpu, type Precision } from "@paramat/backends";
import { wasm, wasmFeatures } from "@paramat/backends/wasm";

export interface TrainingBackendOptions {
  /** Default float32. */
  readonly precision?: Precision;
  /** Default 1; other numbers of threads give other last bits. */
  readonly threads?: number;
}

/**
 * The fastest backend that works here: WASM, or the CPU backend where the engine has no WebAssembly SIMD or a page forbids to compile it. Its `name`, and `executedOn` of a
 * WASM backend, say what it is.
 * @remarks Arrays of `array` are on the CPU in float64 instead: what checks derivatives should not round, and JavaScript frees its arrays by itself,
 * where those in WebAssembly's memory wait for a scope to end or for the collector.
 */
export function trainingBackend({ precision = "float32", threads = 1 }: TrainingBackendOptions = {}): Backend {
  const { compiles, simd } = wasmFeatures();
  return compiles && simd ? wasm({ precision, threads }) : cpu(precision);
}
