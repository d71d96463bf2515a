import { LawError } from "@paramat/core";
import type { Matrix } from "./along-axis.js";

/**
 * A⁺ of a small matrix of full rank: A⁻¹, Aᵀ(AAᵀ)⁻¹ for a wide one (the solution of least norm), (AᵀA)⁻¹Aᵀ for a tall one (least squares).
 * @throws LawError if a pivot vanishes to rounding, so that the rank is not full
 */
export function pseudoInverse(A: Matrix): Matrix {
  const [m, n] = [A.length, A[0]?.length ?? 0];
  if (m === n) return inverse(A);
  const At = transposed(A);
  return m < n ? times(At, inverse(times(A, At))) : times(inverse(times(At, A)), At);
}

/** A B. */
export function times(A: Matrix, B: Matrix): Matrix {
  const columns = transposed(B);
  return A.map((row) => columns.map((column) => row.reduce((sum, a, k) => sum + a * (column[k] as number), 0)));
}

/** Aᵀ. */
export function transposed(A: Matrix): Matrix {
  return (A[0] ?? []).map((_, j) => A.map((row) => row[j] as number));
}

/** By Gauss–Jordan elimination with partial pivoting. */
function inverse(A: Matrix): Matrix {
  const n = A.length;
  const rows = A.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  const scale = Math.max(...A.flat().map(Math.abs));
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[best]![k]!)) best = i;
    const pivotRow = rows[best]!;
    const pivot = pivotRow[k]!;
    if (!(Math.abs(pivot) > 1e-13 * scale)) {
      throw new LawError(`pseudoInverse: pivot ${k} of ${n} is ${pivot}, beside entries up to ${scale}; the matrix must have full rank`);
    }
    rows[best] = rows[k]!;
    rows[k] = pivotRow.map((x) => x / pivot);
    for (let i = 0; i < n; i++) {
      const factor = rows[i]![k]!;
      if (i !== k && factor !== 0) rows[i] = rows[i]!.map((x, j) => x - factor * rows[k]![j]!);
    }
  }
  return rows.map((row) => row.slice(n));
}
