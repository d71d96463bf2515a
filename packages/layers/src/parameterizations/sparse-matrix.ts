import { ShapeError, type SparseEntries } from "@paramat/core";
import { fromEntries } from "../plugin/from-entries.js";
import type { ExplicitParameterization } from "../plugin/matrix-entries.js";

/**
 * A sparse matrix with every entry of a pattern free: K[rows[k], cols[k]] = θ_k, else 0. p is the number of entries.
 * @param entries where, in any order; θ_k belongs to the k-th
 * @throws ShapeError if an entry is outside the matrix, two stand at one place, or rows and columns differ in number
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { sparseMatrix, toDense } from "@paramat/layers";
 * const K = sparseMatrix({ numRows: 2, numCols: 3, rows: [1, 0], cols: [0, 2] });
 * toDense(K, ndarray(cpu(), [5, 7])).toNested(); // → [[0, 0, 7], [5, 0, 0]]
 */
export function sparseMatrix({ numRows, numCols, rows, cols }: SparseEntries): ExplicitParameterization {
  if (rows.length !== cols.length) {
    throw new ShapeError(`sparseMatrix: ${rows.length} rows and ${cols.length} columns; each entry needs one of each`);
  }
  const entries = Array.from({ length: rows.length }, (_, k) => [rows[k] as number, cols[k] as number, [[k, 1]]] as const);
  return fromEntries({ name: "sparseMatrix", rows: numRows, cols: numCols, numParams: rows.length, entries });
}
