import type { Backend, Contraction } from "@paramat/backends";
import type { PeriodicSizes } from "./periodic-convolve.js";
import { speedOf } from "./speed.js";
import { directWork, fourierWork } from "./work.js";

/** How a product is computed: `direct`ly, by the Fourier transform, or by the one of the two that should be faster. */
export type Path = "auto" | "direct" | "fft";

export const paths: readonly Path[] = ["auto", "direct", "fft"];

/** Which contraction a call is, and where it runs: constants belong to a backend's kernels. */
export interface CallPlace {
  readonly which: Contraction;
  readonly backend: Backend;
}

/** Nanoseconds, on the machine that the constants were fitted on, of z_i = Σ_j θ_j y_{i−j}, or of its other two contractions, for `taps` entries of the stencil. */
export function directCost(sizes: PeriodicSizes, taps: number, { which, backend }: CallPlace): number {
  return cost(directWork(sizes, taps), speedOf(backend).direct[which]);
}

/** Nanoseconds of `periodicConvolve`. */
export function fourierCost(sizes: PeriodicSizes, { which, backend }: CallPlace): number {
  const { fourier, largestPrime } = speedOf(backend);
  return cost(fourierWork(sizes, largestPrime), fourier[which]);
}

function cost<W extends object>(work: W, nanoseconds: W): number {
  const keys = Object.keys(work) as (keyof W)[];
  return keys.reduce((sum, key) => sum + (work[key] as number) * (nanoseconds[key] as number), 0);
}
