import { consistent, type InverseProblem, matrixOf, requirePositive, requireSize } from "./inverse-problem.js";

/**
 * Gravity surveying: ∫₀¹ d (d² + (s − t)²)^{−3/2} f(t) dt = g(s), the vertical field on the ground over a mass density f(t) = sin(πt) + ½ sin(2πt) at the
 * depth d; midpoint rule at t_i = (i − ½)/n, b = A x. Symmetric Toeplitz; the deeper, the faster the singular values fall. P. C. Hansen, Discrete Inverse
 * Problems (SIAM 2010), 2.1, and Regularization Tools, `gravity`, example 1.
 * @param depth d, default 0.25
 * @throws DataError unless n is a whole number ≥ 1, and the depth a positive number
 */
export function gravity(n: number, depth = 0.25): InverseProblem {
  requireSize("gravity", n, 1);
  requirePositive("gravity", "depth", depth);
  const h = 1 / n;
  const matrix = matrixOf(n, (i, j) => (h * depth) / (depth ** 2 + ((i - j) * h) ** 2) ** 1.5);
  const exact = Float64Array.from({ length: n }, (_, i) => {
    const t = (i + 0.5) * h;
    return Math.sin(Math.PI * t) + 0.5 * Math.sin(2 * Math.PI * t);
  });
  return consistent("gravity", matrix, exact);
}
