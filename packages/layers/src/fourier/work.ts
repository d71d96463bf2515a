import { sizeOf } from "@paramat/core";
import { halfGrid } from "./half-spectrum.js";
import type { PeriodicSizes } from "./periodic-convolve.js";

/** What the direct path of one call does. */
export interface DirectWork {
  readonly calls: number;
  /** Multiplications with an addition. */
  readonly products: number;
  /** Products that share one reading of the input, counted once. */
  readonly readings: number;
  /** Numbers that go in and out. */
  readonly numbers: number;
}

/** What the Fourier path of one call does. */
export interface FourierWork {
  readonly calls: number;
  /** Operations of the transforms: for each line of length n and each prime factor, 5n for a 2 and 4(p − 1)n for another, or two longer transforms. */
  readonly operations: number;
  /** Numbers that go into and out of the transforms of one axis. */
  readonly numbers: number;
  /** Multiplications with an addition in the blocks, one block for each half of the frequencies; and how many matrix products they are. */
  readonly products: number;
  readonly blocks: number;
}

/** z_i = Σ_j θ_j y_{i−j} for `taps` entries of the stencil: one product for each example, point of z, tap and pair of channels. */
export function directWork({ examples, grid, groups, channelsIn, channelsOut }: PeriodicSizes, taps: number): DirectWork {
  const points = examples * sizeOf(grid) * groups;
  const products = points * taps * channelsIn * channelsOut;
  return { calls: 1, products, readings: products / channelsOut, numbers: points * (channelsIn + channelsOut) };
}

/**
 * `periodicConvolve`: the transforms of θ, y and z, and for each block of half of the frequencies a complex product, 4 real ones.
 * @param largestPrime lengths with a larger prime factor are two transforms of the next power of two beyond 2n − 1 (Bluestein)
 */
export function fourierWork({ examples, grid, groups, channelsIn, channelsOut }: PeriodicSizes, largestPrime: number): FourierWork {
  const pairs = channelsIn * channelsOut;
  const signals = groups * (pairs + examples * (channelsIn + channelsOut));
  const frequencies = groups * sizeOf(halfGrid(grid));
  const last = grid.length - 1;
  const lines = grid.map((n, a) => sizeOf(a === last ? grid : halfGrid(grid)) / n);
  const over = (ofLength: (n: number) => number) => signals * grid.reduce((total, n, a) => total + (lines[a] as number) * ofLength(n), 0);
  return {
    calls: 1,
    operations: over((n) => operations(n, largestPrime)),
    numbers: over((n) => n),
    products: 4 * frequencies * examples * pairs,
    // Blocks of one entry are one pass over all of them.
    blocks: pairs > 1 ? 4 * frequencies : 0,
  };
}

function operations(n: number, largestPrime: number): number {
  const factors = primeFactors(n);
  if (factors.every((p) => p <= largestPrime)) return factors.reduce((sum, p) => sum + n * (p === 2 ? 5 : 4 * (p - 1)), 0);
  const padded = 2 ** Math.ceil(Math.log2(2 * n - 1));
  return 10 * padded * Math.log2(padded) + 20 * n;
}

/** By trial; those that occur several times are listed as often. */
function primeFactors(n: number): number[] {
  const factors: number[] = [];
  let rest = n;
  for (let p = 2; p * p <= rest; p++) {
    while (rest % p === 0) {
      factors.push(p);
      rest /= p;
    }
  }
  return rest > 1 ? [...factors, rest] : factors;
}
