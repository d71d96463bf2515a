import { convolve, convolveJacobianTranspose, convolveTranspose, reshape, transpose, type Value } from "@paramat/core";
import { byPath, requirePath } from "../fourier/by-path.js";
import type { Path } from "../fourier/path.js";
import { toeplitzCosts, toeplitzProduct } from "../fourier/toeplitz-product.js";
import { checkedContractions } from "../plugin/checked-contractions.js";
import { type ExplicitParameterization, type MatrixEntry, matrixEntries } from "../plugin/matrix-entries.js";
import { randomNormal } from "./random-normal.js";
import { requireMatrixSize } from "./vector-shape.js";

export interface ToeplitzOptions {
  /** How products are computed. `"auto"`, the default: inside a circulant matrix by the Fourier transform where its counted operations cost less. */
  readonly path?: Path;
}

/**
 * A Toeplitz matrix, constant along diagonals (lecture, "Structured Matrices"): K[i, j] = θ[i − j + n − 1]. θ runs over the diagonals from the upper
 * right corner to the lower left; K = [θ₃ θ₂ θ₁; θ₄ θ₃ θ₂] for m = 2, n = 3. p = m + n − 1. As in the lecture's convolution, θ before the middle
 * stands above the diagonal.
 * @param m rows
 * @param n columns, as many as rows if left out
 * @throws ShapeError if a size is not a positive integer, or the path is none of the three
 * @remarks z = K(θ)y is the valid convolution of θ with y, so the matrix is never formed: memory m + n for each example, time m·n directly and
 * (m + n) log(m + n) by the Fourier transform.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { toDense, toeplitz } from "@paramat/layers";
 * toDense(toeplitz(2, 3), ndarray(cpu(), [1, 2, 3, 4])).toNested(); // → [[3, 2, 1], [4, 3, 2]]
 */
export function toeplitz(m: number, n: number = m, options: ToeplitzOptions = {}): ExplicitParameterization {
  requireMatrixSize("toeplitz", m, n);
  const { path = "auto" } = options;
  requirePath("toeplitz", path);
  const p = m + n - 1;
  // In z_i = Σ_j y_j θ_{i + n−1 − j} the examples y are the stencils and θ is the signal: each example is an output channel.
  const signal = (theta: Value) => reshape(theta, [1, p, 1]);
  const channels = (x: Value) => reshape(transpose(x), [x.shape[1] as number, 1, x.shape[0] as number]);
  const asSignals = (z: Value) => reshape(transpose(z), [1, z.shape[1] as number, z.shape[0] as number]);
  const examples = (x: Value, size: number) => transpose(reshape(x, [size, x.shape.at(-1) as number]));
  const direct = {
    apply: (theta: Value, y: Value) => examples(convolve(channels(y), signal(theta)), m),
    applyTranspose: (theta: Value, z: Value) => examples(convolveJacobianTranspose(signal(theta), asSignals(z), { kernel: [n] }), n),
    jacobianTranspose: (y: Value, z: Value) => reshape(convolveTranspose(channels(y), asSignals(z), { grid: [p] }), [p]),
  };
  const paths = { path, ...toeplitzCosts(m, n) };
  const contractions = checkedContractions({
    name: "toeplitz",
    thetaShape: [p],
    inShape: [n],
    outShape: [m],
    ...byPath(paths, direct, toeplitzProduct(m, n)),
  });
  return {
    name: "toeplitz",
    thetaShape: [p],
    numParams: p,
    inShape: [n],
    outShape: [m],
    tags: ["toeplitz"],
    ...contractions,
    paths,
    init: (rng, backend) => randomNormal(rng, backend, [p], Math.sqrt(2 / n)),
    entries: () =>
      matrixEntries(
        "toeplitz",
        m,
        n,
        p,
        everyEntry(m, n, (i, j) => i - j + n - 1),
      ),
  };
}

function* everyEntry(m: number, n: number, param: (i: number, j: number) => number): Iterable<MatrixEntry> {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) yield [i, j, [[param(i, j), 1]]];
  }
}
