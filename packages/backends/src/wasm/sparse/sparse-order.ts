import type { SparsePattern } from "../../backend.js";

/** A pattern's entries line by line (rows or columns): those of line l are starts[l] … starts[l + 1] − 1. */
export interface SparseOrder {
  readonly lines: number;
  /** How long a line is, and where in its line each entry stands. */
  readonly size: number;
  readonly starts: Int32Array;
  readonly places: Int32Array;
  /** Which entry of the pattern each is; null where they are in the pattern's own order. */
  readonly entries: Int32Array | null;
}

/** Entries by rows. The arrays are the same objects each time for one pattern, so they are put into memory once. */
export function orderByRow(pattern: SparsePattern): SparseOrder {
  return remembered(byRow, pattern, () => {
    const { numRows, numCols, rows, cols } = pattern;
    return { lines: numRows, size: numCols, starts: startsOf(rows, numRows), places: cols, entries: null };
  });
}

/** Entries by columns, with the same promise. */
export function orderByCol(pattern: SparsePattern): SparseOrder {
  return remembered(byCol, pattern, () => {
    const { numRows, numCols, rows, cols } = pattern;
    const starts = startsOf(cols, numCols);
    const [next, places, entries] = [starts.slice(), new Int32Array(rows.length), new Int32Array(rows.length)];
    rows.forEach((row, t) => {
      const at = next[cols[t]!]!++;
      places[at] = row;
      entries[at] = t;
    });
    return { lines: numCols, size: numRows, starts, places, entries };
  });
}

// Pure functions of patterns that are not changed; nothing but time depends on what is remembered.
const byRow = new WeakMap<SparsePattern, SparseOrder>();
const byCol = new WeakMap<SparsePattern, SparseOrder>();

function remembered(known: WeakMap<SparsePattern, SparseOrder>, pattern: SparsePattern, make: () => SparseOrder): SparseOrder {
  const order = known.get(pattern) ?? make();
  known.set(pattern, order);
  return order;
}

function startsOf(lineOf: Int32Array, lines: number): Int32Array {
  const starts = new Int32Array(lines + 1);
  for (const line of lineOf) starts[line + 1]!++;
  for (let l = 0; l < lines; l++) starts[l + 1]! += starts[l]!;
  return starts;
}
