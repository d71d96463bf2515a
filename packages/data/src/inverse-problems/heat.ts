import { consistent, type InverseProblem, matrixOf, requirePositive, requireSize } from "./inverse-problem.js";

/**
 * The inverse heat equation: ∫₀ˢ k(s − t) f(t) dt = g(s) on [0, 1], k(t) = t^{−3/2} exp(−1/(4κ²t))/(2κ√π); midpoint rule at (i − ½)/n, b = A x.
 * Causal: A is lower triangular and Toeplitz. κ = 5 is well-conditioned, κ = 1 ill-posed. f rises, has a bump and falls, in the first half; it is 0 in
 * the second. A. S. Carasso, SIAM J. Appl. Math. 42 (1982); L. Eldén; as in P. C. Hansen, Regularization Tools, `heat`.
 * @param kappa κ, default 1
 * @throws DataError unless n is even and positive, and κ a positive number
 */
export function heat(n: number, kappa = 1): InverseProblem {
  requireSize("heat", n, 2);
  requirePositive("heat", "kappa", kappa);
  const h = 1 / n;
  const kernel = Float64Array.from({ length: n }, (_, i) => {
    const t = (i + 0.5) * h;
    return (h / (2 * kappa * Math.sqrt(Math.PI))) * t ** -1.5 * Math.exp(-1 / (4 * kappa ** 2 * t));
  });
  const matrix = matrixOf(n, (i, j) => (i < j ? 0 : kernel[i - j]!));
  return consistent(
    "heat",
    matrix,
    Float64Array.from({ length: n }, (_, i) => (i < n / 2 ? source(((i + 1) * 20) / n) : 0)),
  );
}

function source(t: number): number {
  if (t < 2) return (0.75 * t ** 2) / 4;
  return t < 3 ? 0.75 + (t - 2) * (3 - t) : 0.75 * Math.exp(-2 * (t - 3));
}
