import type { Backend, Contraction } from "@paramat/backends";
import type { DirectWork, FourierWork } from "./work.js";

/** Nanoseconds of each kind of work, for each contraction. */
export interface Speed {
  readonly direct: Readonly<Record<Contraction, DirectWork>>;
  readonly fourier: Readonly<Record<Contraction, FourierWork>>;
  /** Transforms of lengths with a larger prime factor take a detour. */
  readonly largestPrime: number;
}

/** The constants for a backend's kernels: those with transforms of real arrays are of the fast kind. Only ratios within one kind matter. */
export function speedOf(backend: Backend): Speed {
  return backend.fused ? generated : plain;
}

/** WebAssembly, float32, one thread. Fitted by `npx tsx --conditions=paramat-source benchmarks/fft-crossover.ts wasm --fit`. */
const generated: Speed = {
  direct: {
    apply: { calls: 5000, products: 0.055, readings: 0.015, numbers: 0.15 },
    applyTranspose: { calls: 4900, products: 0.068, readings: 0, numbers: 0.29 },
    jacobianTranspose: { calls: 7700, products: 0.076, readings: 0, numbers: 0 },
  },
  fourier: {
    apply: { calls: 6300, operations: 0.024, numbers: 0, products: 0.18, blocks: 14 },
    applyTranspose: { calls: 5900, operations: 0.023, numbers: 0, products: 0.18, blocks: 18 },
    jacobianTranspose: { calls: 6300, operations: 0.026, numbers: 0, products: 0.16, blocks: 22 },
  },
  largestPrime: 31,
};

/** The CPU backend, float64. Fitted by the same with `cpu`. */
const plain: Speed = {
  direct: {
    apply: { calls: 96_000, products: 0.65, readings: 0.61, numbers: 6.3 },
    applyTranspose: { calls: 48_000, products: 0.56, readings: 4.7, numbers: 11 },
    jacobianTranspose: { calls: 150_000, products: 0.66, readings: 0.91, numbers: 2 },
  },
  fourier: {
    apply: { calls: 190_000, operations: 0.36, numbers: 12, products: 6.2, blocks: 2400 },
    applyTranspose: { calls: 160_000, operations: 0.38, numbers: 8.6, products: 7.4, blocks: 1700 },
    jacobianTranspose: { calls: 170_000, operations: 0.34, numbers: 9.4, products: 9.9, blocks: 2000 },
  },
  largestPrime: 2,
};
