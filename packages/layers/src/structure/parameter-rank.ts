import { type Column, dependencyGroups, membersOfRows } from "./dependency-groups.js";
import type { MatrixQ } from "./matrix-q.js";

/** What Q says of the parameters: how many directions of K they span, and which of them could be left out. */
export interface ParameterRank {
  /** Rank of Q: the dimension of the space of matrices mat(Qθ). */
  readonly rank: number;
  /** p. */
  readonly numParams: number;
  /** Parameters that K does not depend on: zero columns of Q. */
  readonly unused: readonly number[];
  /** Parameters whose column is in the span of the columns before it: without them K(θ) ranges over the same matrices. */
  readonly redundant: readonly number[];
  /** Whether θ is determined by K(θ). */
  readonly isFull: boolean;
  /** One line that names them. */
  toString(): string;
}

/**
 * The rank of Q with unused and redundant parameters named. A parameter with an entry of K to itself is independent of the others and set aside, again
 * and again; that settles most structured matrices in time linear in Q. Those left that share entries, directly or through others, form groups, and each
 * is orthogonalized by Cholesky factorization of the Gram matrix of its normalized columns.
 * @throws RangeError if more than 4000 parameters are left in one group
 * @remarks A column nearer than 10⁻⁶ of its length to the span of those before it counts as within. Cost beyond Q: Σ c³/3 over groups of c parameters.
 * @example
 * import { fromEntries, matrixQ, parameterRank } from "@paramat/layers";
 * const K = fromEntries({ rows: 1, cols: 1, numParams: 3, entries: [[0, 0, [[0, 1], [2, -1]]]] });
 * String(parameterRank(matrixQ(K))); // → "rank 1 of 3 parameters; unused: θ[1]; redundant: θ[2]"
 */
export function parameterRank(Q: MatrixQ): ParameterRank {
  const columns = columnsOf(Q);
  const unused = indices(Q.numCols).filter((k) => (columns[k] as Column).length === 0);
  const redundant = dependencyGroups(columns)
    .flatMap((group) => dependent(group, columns))
    .sort((a, b) => a - b);
  const rank = Q.numCols - unused.length - redundant.length;
  const names = (list: readonly number[]) => list.map((k) => Q.parameterNames[k]).join(", ");
  return {
    rank,
    numParams: Q.numCols,
    unused,
    redundant,
    isFull: rank === Q.numCols,
    toString: () =>
      [
        `rank ${rank} of ${Q.numCols} parameters`,
        ...(unused.length > 0 ? [`unused: ${names(unused)}`] : []),
        ...(redundant.length > 0 ? [`redundant: ${names(redundant)}`] : []),
      ].join("; "),
  };
}

/** Columns of Q scaled to length 1, so that units (1/h², say) do not decide what is dependent. */
function columnsOf(Q: MatrixQ): Column[] {
  const columns = indices(Q.numCols).map((): [number, number][] => []);
  Q.values.forEach((value, t) => {
    if (value !== 0) columns[Q.cols[t] as number]?.push([Q.rows[t] as number, value]);
  });
  return columns.map((column) => {
    const largest = column.reduce((s, [, value]) => Math.max(s, Math.abs(value)), 0);
    const length = largest * Math.sqrt(column.reduce((s, [, value]) => s + (value / largest) ** 2, 0));
    return column.map(([row, value]) => [row, value / length] as const);
  });
}

/** The members whose column is within the span of earlier ones: where Cholesky's pivot, the squared distance to that span, vanishes. */
function dependent(group: readonly number[], columns: readonly Column[]): number[] {
  const size = group.length;
  if (size > 4000)
    throw new RangeError(`parameterRank: ${size} parameters are left in one group; their Gram matrix may have at most 4000 rows`);
  const gram = gramOf(group.map((k) => columns[k] as Column));
  const tolerance = Math.max(1e-12, 8 * size * Number.EPSILON);
  const kept: number[] = [];
  const found: number[] = [];
  for (let k = 0; k < size; k++) {
    const row = gram.subarray(k * size, (k + 1) * size);
    // Row k of L, over kept columns; the rest of the row keeps the Gram matrix for those that follow.
    for (const j of kept) {
      let s = row[j] as number;
      for (const i of kept) {
        if (i >= j) break;
        s -= (row[i] as number) * (gram[j * size + i] as number);
      }
      row[j] = s / (gram[j * size + j] as number);
    }
    const pivot = kept.reduce((s, j) => s - (row[j] as number) ** 2, row[k] as number);
    if (pivot > tolerance) {
      row[k] = Math.sqrt(pivot);
      kept.push(k);
    } else found.push(group[k] as number);
  }
  return found;
}

function gramOf(columns: readonly Column[]): Float64Array {
  const size = columns.length;
  const gram = new Float64Array(size * size);
  for (const row of membersOfRows(columns, indices(size)).values()) {
    for (const a of row) {
      for (const b of row) gram[a.col * size + b.col] = (gram[a.col * size + b.col] as number) + a.value * b.value;
    }
  }
  return gram;
}

function indices(n: number): number[] {
  return Array.from({ length: n }, (_, k) => k);
}
