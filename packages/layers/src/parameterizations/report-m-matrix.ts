import { requireReadable, type Shape, ShapeError, sizeOf, type Value } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import { toDense } from "../structure/to-dense.js";

/** Whether K(θ) is an M-matrix, and where not. */
export interface MMatrixReport {
  /** Off-diagonal entries are ≤ 0 and row sums ≥ 0. */
  readonly holds: boolean;
  /** Σ_j K[i, j] for each row. */
  readonly rowSums: Float64Array;
  /** Rows whose sum is negative beyond rounding. */
  readonly negativeRows: readonly number[];
  /** Off-diagonal entries that are positive (or NaN): where, and how large. */
  readonly wrongSigns: readonly { readonly row: number; readonly col: number; readonly value: number }[];
  toString(): string;
}

/**
 * Row sums and off-diagonal signs of K(θ): an M-matrix in the lecture's sense has off-diagonal entries ≤ 0 and row sums ≥ 0. A row sum counts as
 * negative below −n·ε·Σ_j |K[i, j]|, the rounding of the sum itself.
 * @throws ShapeError if K is not square; BackendError where the backend cannot be read without waiting
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { mMatrix, reportMMatrix } from "@paramat/layers";
 * String(reportMMatrix(mMatrix(2), ndarray(cpu(), [1, -3]))); // → "not an M-matrix: positive off the diagonal: (1, 0) is 3; row sums 0 … 0"
 */
export function reportMMatrix(K: Parameterization, theta: Value): MMatrixReport {
  const n = squareOrder(K.name, K.inShape, K.outShape);
  requireReadable("reportMMatrix", theta.backend, "theta");
  const matrix = toDense(K, theta).toArray();
  const rowSums = new Float64Array(n);
  const negativeRows: number[] = [];
  const wrongSigns: { row: number; col: number; value: number }[] = [];
  for (let row = 0; row < n; row++) {
    let sum = 0;
    let size = 0;
    for (let col = 0; col < n; col++) {
      const value = matrix[row * n + col] as number;
      sum += value;
      size += Math.abs(value);
      // Written so that NaN counts as wrong.
      if (row !== col && !(value <= 0)) wrongSigns.push({ row, col, value });
    }
    rowSums[row] = sum;
    if (!(sum >= -n * theta.backend.epsilon * size)) negativeRows.push(row);
  }
  const holds = negativeRows.length === 0 && wrongSigns.length === 0;
  return {
    holds,
    rowSums,
    negativeRows,
    wrongSigns,
    toString() {
      const faults = [
        ...(wrongSigns.length > 0
          ? [`positive off the diagonal: ${list(wrongSigns.map(({ row, col, value }) => `(${row}, ${col}) is ${value}`))}`]
          : []),
        ...(negativeRows.length > 0 ? [`negative row sums: ${list(negativeRows.map((row) => `row ${row} sums to ${rowSums[row]}`))}`] : []),
      ];
      const range = `row sums ${rowSums.reduce((a, b) => Math.min(a, b))} … ${rowSums.reduce((a, b) => Math.max(a, b))}`;
      return holds ? `an M-matrix: off-diagonal entries ≤ 0; ${range}` : `not an M-matrix: ${[...faults, range].join("; ")}`;
    },
  };
}

function squareOrder(name: string, inShape: Shape, outShape: Shape): number {
  const [n, m] = [sizeOf(inShape), sizeOf(outShape)];
  if (n !== m) throw new ShapeError(`reportMMatrix: ${name} is ${m} × ${n}; an M-matrix is square`);
  return n;
}

/** The first few, so that a report of a large matrix stays readable. */
function list(items: readonly string[]): string {
  return items.length > 5 ? `${items.slice(0, 5).join(", ")}, … (${items.length} in all)` : items.join(", ");
}
