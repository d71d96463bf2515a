import { consistent, type InverseProblem, matrixOf, requireSize } from "./inverse-problem.js";

/**
 * One-dimensional image restoration: ∫ K(s, t) f(t) dt = g(s) on [−π/2, π/2], light f that comes in at the angle t through a slit,
 * K = (cos s + cos t)² (sin u/u)², u = π(sin s + sin t), and f(t) = 2 exp(−6(t − 0.8)²) + exp(−2(t + 0.5)²); midpoint rule at t_i = −π/2 + (i − ½)π/n,
 * b = A x. Symmetric; severely ill-posed: the singular values fall exponentially. C. B. Shaw, J. Math. Anal. Appl. 37 (1972), as in P. C. Hansen,
 * Regularization Tools, `shaw`.
 * @throws DataError unless n is even and positive
 */
export function shaw(n: number): InverseProblem {
  requireSize("shaw", n, 2);
  const h = Math.PI / n;
  const angles = Float64Array.from({ length: n }, (_, i) => -Math.PI / 2 + (i + 0.5) * h);
  const matrix = matrixOf(n, (i, j) => {
    // On the antidiagonal sin s + sin t is 0, which rounding must not blur.
    const u = i + j === n - 1 ? 0 : Math.PI * (Math.sin(angles[i]!) + Math.sin(angles[j]!));
    const slit = u === 0 ? 1 : Math.sin(u) / u;
    return h * ((Math.cos(angles[i]!) + Math.cos(angles[j]!)) * slit) ** 2;
  });
  return consistent(
    "shaw",
    matrix,
    angles.map((t) => 2 * Math.exp(-6 * (t - 0.8) ** 2) + Math.exp(-2 * (t + 0.5) ** 2)),
  );
}
