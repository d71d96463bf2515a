import { type Shape, sizeOf } from "@paramat/core";
import { halfGrid } from "./half-spectrum.js";
import type { PeriodicSizes } from "./periodic-convolve.js";

/** How a product is computed: `direct`ly, by the Fourier transform, or by the one of the two that should be faster. */
export type Path = "auto" | "direct" | "fft";

export const paths: readonly Path[] = ["auto", "direct", "fft"];

/** What one call should cost by each path, in nanoseconds of the reference backend; `"auto"` takes the smaller. */
export interface PathCosts {
  readonly direct: number;
  readonly fourier: number;
}

/** Nanoseconds of the CPU backend, the mean of the three contractions, fitted to benchmarks/fft-crossover.ts; only their ratios matter. */
const NS = {
  /** A multiplication and addition of the direct path with many output channels; and what one channel's share in gathering its input adds. */
  direct: 0.55,
  gather: 2.4,
  /** An operation of a transform: 5 n log₂ n of them for n a power of two. */
  transform: 0.33,
  /** Taking a number into and out of the transforms of one axis. */
  move: 25,
  /** A multiplication and addition of the blocks; and one matrix product of a block, whatever its size. */
  product: 2.5,
  block: 1070,
  /** Dispatching the kernels of one call. */
  directCall: 30_000,
  fourierCall: 45_000,
};

/** Nanoseconds of z_i = Σ_j θ_j y_{i−j} for `taps` entries of the stencil: one multiplication for each example, point, tap and pair of channels. */
export function directCost({ examples, grid, groups, channelsIn, channelsOut }: PeriodicSizes, taps: number): number {
  const products = examples * sizeOf(grid) * taps * groups * channelsIn * channelsOut;
  return NS.directCall + products * (NS.direct + NS.gather / channelsOut);
}

/** Nanoseconds of `periodicConvolve`: the transforms of θ, y and z, and for each block of half of the frequencies a complex product, 4 real ones. */
export function fourierCost({ examples, grid, groups, channelsIn, channelsOut }: PeriodicSizes): number {
  const signals = groups * (channelsIn * channelsOut + examples * (channelsIn + channelsOut));
  const products = 4 * groups * sizeOf(halfGrid(grid));
  const pairs = channelsIn * channelsOut;
  // Blocks of one entry are one pass over all of them.
  const blocks = products * (NS.product * examples * pairs + (pairs > 1 ? NS.block : 0));
  return NS.fourierCall + signals * transformCost(grid) + blocks;
}

/** The last axis in full; the others for the half of the frequencies that remains. */
function transformCost(grid: Shape): number {
  const last = grid.length - 1;
  return grid.reduce((total, n, a) => {
    const lines = sizeOf(a === last ? grid : halfGrid(grid)) / n;
    return total + lines * (NS.transform * operations(n) + NS.move * n);
  }, 0);
}

/** 5 n log₂ n for a power of two; any other length is two transforms of the next power of two beyond 2n − 1 (Bluestein). */
function operations(n: number): number {
  if (n === 1) return 0;
  if (Number.isInteger(Math.log2(n))) return 5 * n * Math.log2(n);
  const padded = 2 ** Math.ceil(Math.log2(2 * n - 1));
  return 10 * padded * Math.log2(padded) + 20 * n;
}
