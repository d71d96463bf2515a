import { pad, reshape, slice, type Value } from "@paramat/core";
import type { PathCall, PathChoice } from "./by-path.js";
import { directCost, fourierCost } from "./path.js";
import type { ThreeContractions } from "./periodic-contractions.js";
import { periodicConvolve } from "./periodic-convolve.js";

/** The length of the circulant that holds an m × n Toeplitz matrix: the power of two ≥ m + n − 1. */
export function circulantLength(m: number, n: number): number {
  return 2 ** Math.ceil(Math.log2(m + n - 1));
}

/**
 * K[i, j] = θ[i − j + n − 1], m × n, as rows n − 1 … n + m − 2 and columns 0 … n − 1 of the circulant matrix whose first column is θ followed by zeros:
 * time (m + n) log(m + n) for each example (Golub and Van Loan, Matrix Computations, 4th ed., §4.8.2).
 */
export function toeplitzProduct(m: number, n: number): ThreeContractions {
  const length = circulantLength(m, n);
  const p = m + n - 1;
  const sizes = (examples: number) => ({ ...shapeOf(m, n), examples });
  const count = (x: Value) => x.shape[0] as number;
  const column = (theta: Value) => reshape(pad(theta, [[0, length - p]]), [length, 1, 1]);
  const input = (y: Value) =>
    reshape(
      pad(y, [
        [0, 0],
        [0, length - n],
      ]),
      [count(y), length, 1],
    );
  const output = (z: Value) =>
    reshape(
      pad(z, [
        [0, 0],
        [n - 1, length - p],
      ]),
      [count(z), length, 1],
    );
  const rows = (x: Value, start: number, size: number) => slice(reshape(x, [count(x), length]), 1, start, start + size);
  return {
    apply: (theta, y) => rows(periodicConvolve.apply(column(theta), input(y), sizes(count(y))), n - 1, m),
    applyTranspose: (theta, z) => rows(periodicConvolve.applyTranspose(column(theta), output(z), sizes(count(z))), 0, n),
    jacobianTranspose(y, z) {
      const full = periodicConvolve.jacobianTranspose(input(y), output(z), sizes(count(y)));
      return slice(reshape(full, [length]), 0, 0, p);
    },
  };
}

/** What a contraction costs by the valid convolution of θ with the examples as stencils, n taps and m points, and by the circulant. */
export function toeplitzCosts(
  m: number,
  n: number,
): Pick<PathChoice, "direct" | "fourier"> & { readonly fourier: (call: PathCall) => number } {
  return {
    direct: ({ examples, ...place }) => directCost({ grid: [m], groups: 1, channelsIn: 1, channelsOut: examples, examples: 1 }, n, place),
    fourier: ({ examples, ...place }) => fourierCost({ ...shapeOf(m, n), examples }, place),
  };
}

function shapeOf(m: number, n: number) {
  return { grid: [circulantLength(m, n)], groups: 1, channelsIn: 1, channelsOut: 1 };
}
