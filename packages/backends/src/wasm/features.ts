import { f32x4, wasmModule } from "./encoder/index.js";

/** What this engine's WebAssembly can do, and whether this context may share memory between threads. */
export interface Features {
  /** Whether modules may be compiled: a page's Content-Security-Policy may forbid it. */
  readonly compiles: boolean;
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  readonly threads: boolean;
}

/** Looks anew at each call: an engine's flags may be set while a program runs. */
export function detectFeatures(): Features {
  if (typeof WebAssembly === "undefined") return { compiles: false, simd: false, relaxedSimd: false, threads: false };
  return { compiles: mayCompile(), simd: simdIsOn(), relaxedSimd: relaxedSimdIsOn(), threads: memoryCanBeShared() };
}

/** Whether products and sums of vectors may be fused into one rounding: standard since 2024; Node 20 wants `--experimental-wasm-relaxed-simd`. */
export function relaxedSimdIsOn(): boolean {
  return accepts(false, (x) => f32x4.relaxedMadd(x, x, x));
}

/** Compiles the least module: `validate` is allowed where compiling is not. */
function mayCompile(): boolean {
  try {
    return new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)) !== undefined;
  } catch {
    return false;
  }
}

function simdIsOn(): boolean {
  return accepts(false, (x) => f32x4.add(x, x));
}

/** In pages, memory is shared only where they are isolated from other origins (the headers COOP and COEP). */
function memoryCanBeShared(): boolean {
  const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
  return typeof SharedArrayBuffer !== "undefined" && crossOriginIsolated !== false && accepts(true, (x) => f32x4.add(x, x));
}

/** Whether the engine takes a module in which a vector is put through `f`. */
function accepts(shared: boolean, f: (x: Parameters<typeof f32x4.add>[0]) => ReturnType<typeof f32x4.add>): boolean {
  const module = wasmModule();
  module.func(["v128"], ["v128"], ([x]) => f(x!));
  return WebAssembly.validate(module.encode({ initial: 1, maximum: 1, shared }));
}
