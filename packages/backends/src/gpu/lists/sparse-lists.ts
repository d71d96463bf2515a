import type { SparsePattern } from "../../backend.js";
import { EXACT, tooFar } from "../engine.js";
import { type Lists, listsOf } from "./lists.js";

/** A pattern as tables. Entries of a row stand together as they are; those of a column are listed. */
export interface SparseLists {
  readonly rows: Float32Array;
  readonly cols: Float32Array;
  readonly byRow: Lists;
  readonly byCol: Lists;
  /** Column by column: which entries, and in which rows. */
  readonly entriesByCol: Float32Array;
  readonly rowsByCol: Float32Array;
}

// A pure function of patterns, which are not changed: remembered so that the tables are put on the device once.
const known = new WeakMap<SparsePattern, SparseLists>();

/** @throws BackendError if there are more than 2²⁴ rows, columns or entries */
export function sparseLists(pattern: SparsePattern): SparseLists {
  const lists = known.get(pattern) ?? made(pattern);
  known.set(pattern, lists);
  return lists;
}

function made({ numRows, numCols, rows, cols }: SparsePattern): SparseLists {
  const most = Math.max(numRows, numCols, rows.length);
  if (most > EXACT) throw tooFar(most);
  const { lists: byCol, order: entriesByCol } = listsOf(cols, numCols);
  return {
    rows: Float32Array.from(rows),
    cols: Float32Array.from(cols),
    byRow: listsOf(rows, numRows).lists,
    byCol,
    entriesByCol,
    rowsByCol: entriesByCol.map((entry) => rows[entry]!),
  };
}
