import { DataError } from "@paramat/core";
import { type InverseProblem, matrixOf, requireSize } from "./inverse-problem.js";

/** Antiderivatives of f and g. */
interface Case {
  readonly solution: (t: number) => number;
  readonly data: (s: number) => number;
}

/**
 * The second derivative: ∫₀¹ K(s, t) f(t) dt = g(s), K = s(t − 1) for s < t, else t(s − 1), Green's function, so that g″ = f, g(0) = g(1) = 0. Galerkin's
 * method with orthonormal box functions, exact integrals. x and b are those of f and g: A x = b for example 1, and ‖A x − b‖/‖b‖ is 2e-5 and 2e-4 for
 * examples 2 and 3 at n = 64, a quarter for each doubling.
 * Symmetric, negative definite; mildly ill-posed: σᵢ → 1/(πi)². Examples: 1 f = t, 2 f = eᵗ, 3 f = min(t, 1 − t). L. M. Delves & J. L. Mohamed,
 * Computational Methods for Integral Equations (1985), p. 310; as in P. C. Hansen, Regularization Tools, `deriv2`.
 * @throws DataError unless n is a whole number ≥ 1 (even for example 3)
 */
export function deriv2(n: number, example: 1 | 2 | 3 = 1): InverseProblem {
  requireSize("deriv2", n, example === 3 ? 2 : 1);
  const integrals = cases[example];
  if (!integrals) throw new DataError(`deriv2: example is ${String(example)}; it must be 1, 2 or 3`);
  const h = 1 / n;
  const matrix = matrixOf(n, (i, j) => {
    const [low, high] = [Math.min(i, j), Math.max(i, j)];
    // Row and column counted from 1 as published: (i² − i + ¼)h − (i − ⅔) on the diagonal.
    return i === j ? h ** 2 * (((i + 1) * i + 0.25) * h - (i + 1 / 3)) : h ** 2 * (low + 0.5) * ((high + 0.5) * h - 1);
  });
  const cell = (f: (t: number) => number) => Float64Array.from({ length: n }, (_, i) => (f((i + 1) * h) - f(i * h)) / Math.sqrt(h));
  return { name: "deriv2", n, matrix, exact: cell(integrals.solution), data: cell(integrals.data) };
}

const cases: Readonly<Record<1 | 2 | 3, Case>> = {
  1: { solution: (t) => t ** 2 / 2, data: (s) => s ** 4 / 24 - s ** 2 / 12 },
  2: { solution: Math.exp, data: (s) => Math.exp(s) + ((1 - Math.E) * s ** 2) / 2 - s },
  // Joined at ½, where both halves agree.
  3: {
    solution: (t) => (t <= 0.5 ? t ** 2 / 2 : t - t ** 2 / 2 - 0.25),
    data: (s) => (s <= 0.5 ? s ** 4 / 24 - s ** 2 / 16 : (-(s ** 4) + 4 * s ** 3 - 4.5 * s ** 2 + s) / 24 - 1 / 192),
  },
};
