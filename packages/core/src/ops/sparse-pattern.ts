import type { SparsePattern } from "@paramat/backends";
import { ShapeError } from "../errors.js";

export interface SparseEntries {
  readonly numRows: number;
  readonly numCols: number;
  /** Row of each entry, in any order. */
  readonly rows: ArrayLike<number>;
  /** Column of each entry. */
  readonly cols: ArrayLike<number>;
}

/** A pattern whose entries are sorted, and where each of them stood before: entry k was entry `order[k]`. */
export interface SortedPattern extends SparsePattern {
  readonly order: Int32Array;
}

/**
 * Where a sparse matrix has entries, sorted by row, then column. Values given in the old order become `gather(values, pattern.order)`.
 * @throws ShapeError if rows and cols differ in number, an entry is outside the matrix, or two stand at one place
 */
export function sparsePattern({ numRows, numCols, rows, cols }: SparseEntries): SortedPattern {
  if (![numRows, numCols].every((n) => Number.isInteger(n) && n >= 0)) {
    throw new ShapeError(`sparsePattern: a matrix of ${numRows} × ${numCols}; both numbers must be integers ≥ 0`);
  }
  if (rows.length !== cols.length) {
    throw new ShapeError(`sparsePattern: ${rows.length} rows and ${cols.length} columns; each entry needs one of each`);
  }
  for (let k = 0; k < rows.length; k++) {
    if (!isIndex(rows[k] as number, numRows) || !isIndex(cols[k] as number, numCols)) {
      throw new ShapeError(
        `sparsePattern: entry ${k} is at (${rows[k]}, ${cols[k]}); rows are integers in 0 … ${numRows - 1}, columns in 0 … ${numCols - 1}`,
      );
    }
  }
  const order = Int32Array.from({ length: rows.length }, (_, k) => k).sort(
    (a, b) => (rows[a] as number) - (rows[b] as number) || (cols[a] as number) - (cols[b] as number),
  );
  const sorted = { rows: order.map((k) => rows[k] as number), cols: order.map((k) => cols[k] as number) };
  for (let k = 1; k < order.length; k++) {
    if (sorted.rows[k] === sorted.rows[k - 1] && sorted.cols[k] === sorted.cols[k - 1]) {
      const [first, second] = [order[k - 1] as number, order[k] as number].sort((a, b) => a - b);
      throw new ShapeError(
        `sparsePattern: entries ${first} and ${second} are both at (${sorted.rows[k]}, ${sorted.cols[k]}); each place has at most one (add their values)`,
      );
    }
  }
  return { numRows, numCols, ...sorted, order };
}

function isIndex(i: number, n: number): boolean {
  return Number.isInteger(i) && i >= 0 && i < n;
}
