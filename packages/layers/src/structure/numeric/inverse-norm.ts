import { type ComplexMatrix, zeroMatrix } from "./complex-matrix.js";
import { type LuFactors, luSolve } from "./lu.js";

/** ‖A‖₁, the largest sum of moduli of a column. */
export function oneNorm(a: ComplexMatrix): number {
  const sums = new Float64Array(a.cols);
  for (let i = 0; i < a.re.length; i++) sums[i % a.cols]! += Math.hypot(a.re[i]!, a.im[i]!);
  return sums.reduce((m, s) => (s <= m ? m : s), 0);
}

/**
 * An estimate of ‖A⁻¹‖₁ from the factors of A, never above it and rarely below a third of it, in a few solves of O(n²): the convex function x ↦ ‖A⁻¹x‖₁
 * is climbed from one unit vector to the next. Higham, Accuracy and Stability of Numerical Algorithms, § 15.2; the last trial vector is § 15.3's.
 */
export function inverseOneNorm(factors: LuFactors): number {
  const n = factors.rows;
  if (factors.isSingular) return Number.POSITIVE_INFINITY;
  let x = zeroMatrix(n, 1);
  x.re.fill(1 / n);
  let estimate = 0;
  let visited = -1;
  for (let step = 0; step < 5; step++) {
    const y = luSolve(factors, x);
    const size = oneNorm(y);
    if (step > 0 && !(size > estimate)) break;
    estimate = size;
    // A subgradient of ‖·‖₁ at y: the phases of its entries.
    const phases = zeroMatrix(n, 1, false);
    for (let i = 0; i < n; i++) {
      const modulus = Math.hypot(y.re[i]!, y.im[i]!);
      phases.re[i] = modulus > 0 ? y.re[i]! / modulus : 1;
      phases.im[i] = modulus > 0 ? y.im[i]! / modulus : 0;
    }
    const slope = luSolve(factors, phases, true);
    let steepest = 0;
    for (let i = 1; i < n; i++)
      if (Math.hypot(slope.re[i]!, slope.im[i]!) > Math.hypot(slope.re[steepest]!, slope.im[steepest]!)) steepest = i;
    if (steepest === visited) break;
    visited = steepest;
    x = zeroMatrix(n, 1);
    x.re[steepest] = 1;
  }
  const alternating = zeroMatrix(n, 1);
  for (let i = 0; i < n; i++) alternating.re[i] = (i % 2 === 0 ? 1 : -1) * (1 + (n > 1 ? i / (n - 1) : 0));
  return Math.max(estimate, (2 * oneNorm(luSolve(factors, alternating))) / (3 * n));
}
