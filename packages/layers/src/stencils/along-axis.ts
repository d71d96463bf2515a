import { moveAxis, ndarray, tensordot, type Value } from "@paramat/core";

/** A matrix of plain numbers, row by row. */
export type Matrix = readonly (readonly number[])[];

/** z[…, i, …] = Σ_j M[i][j] x[…, j, …], with i and j on one axis; the other axes go along. */
export function alongAxis(M: Matrix, x: Value, axis: number): Value {
  const columns = M[0]?.length ?? 0;
  const matrix = ndarray(x.backend, Float64Array.from(M.flat()), [M.length, columns]);
  return moveAxis(tensordot(matrix, x, [[1], [axis]]), 0, axis);
}
