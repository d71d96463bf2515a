import { type InverseProblem, matrixOf, requireSize } from "./inverse-problem.js";

/**
 * Phillips' test problem: ∫ φ(s − t) φ(t) dt = g(s) on [−6, 6], φ(t) = 1 + cos(πt/3) for |t| < 3, else 0, so that the solution is the kernel; Galerkin's
 * method with orthonormal box functions, exact integrals. x and b are those of f and g: ‖A x − b‖/‖b‖ is 1e-3 at n = 64, a quarter for each doubling.
 * Symmetric Toeplitz; mildly ill-posed. D. L. Phillips, J. ACM 9 (1962), as in P. C. Hansen, Regularization Tools, `phillips`.
 * @throws DataError unless n is a multiple of 4
 */
export function phillips(n: number): InverseProblem {
  requireSize("phillips", n, 4);
  const h = 12 / n;
  const row = Float64Array.from({ length: n }, (_, k) => boxProduct(k, n));
  const cell = (antiderivative: (t: number) => number) =>
    Float64Array.from({ length: n }, (_, i) => (antiderivative(-6 + (i + 1) * h) - antiderivative(-6 + i * h)) / Math.sqrt(h));
  return { name: "phillips", n, matrix: matrixOf(n, (i, j) => row[Math.abs(i - j)]!), exact: cell(solution), data: cell(rightSide) };
}

/** h⁻¹ ∫∫ φ(s − t) over two cells k apart. φ ends between the cells n/4 apart, of which half counts. */
function boxProduct(k: number, n: number): number {
  const h = 12 / n;
  const angle = (4 * Math.PI) / n;
  const factor = 9 / (h * Math.PI ** 2);
  // 2 cos kα − cos (k−1)α − cos (k+1)α = 2 cos kα (1 − cos α), and 1 − cos α = 2 sin²(α/2) keeps its digits.
  const bend = 2 * Math.sin(angle / 2) ** 2;
  if (k < n / 4) return h + factor * 2 * Math.cos(k * angle) * bend;
  return k === n / 4 ? h / 2 - factor * bend : 0;
}

/** ∫₀ᵗ f. */
function solution(t: number): number {
  const inside = Math.max(-3, Math.min(3, t));
  return inside + (3 / Math.PI) * Math.sin((Math.PI * inside) / 3);
}

/** ∫₀ˢ g, g(s) = (6 − |s|)(1 + ½ cos(πs/3)) + 9/(2π) sin(π|s|/3): odd. */
function rightSide(s: number): number {
  const c = Math.PI / 3;
  const size = Math.abs(s);
  return Math.sign(s) * (size * (6 - size / 2) + ((3 - size / 2) * Math.sin(c * size) - (2 / c) * (Math.cos(c * size) - 1)) / c);
}
