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
 * The rank of Q with unused and redundant parameters named. Parameters that share no entry of K, directly or through others, are independent, so each
 * such group is orthogonalized by itself, by Cholesky factorization of the Gram matrix of its normalized columns.
 * @throws RangeError if more than 4000 parameters meet in one group
 * @remarks A column nearer than 10⁻⁶ of its length to the span of those before it counts as within. Cost: Σ c³/3 over groups of c parameters.
 * @example
 * import { fromEntries, matrixQ, parameterRank } from "@paramat/layers";
 * const K = fromEntries({ rows: 1, cols: 1, numParams: 3, entries: [[0, 0, [[0, 1], [2, -1]]]] });
 * String(parameterRank(matrixQ(K))); // → "rank 1 of 3 parameters; unused: θ[1]; redundant: θ[2]"
 */
export function parameterRank(Q: MatrixQ): ParameterRank {
  const columns = columnsOf(Q);
  const unused = indices(Q.numCols).filter((k) => (columns[k] as Column).length === 0);
  const redundant = groups(Q)
    .filter((group) => group.length > 1)
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

type Column = readonly (readonly [row: number, value: number])[];

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

/** Parameters joined where a row of Q reads several of them (union–find). */
function groups(Q: MatrixQ): number[][] {
  const parent = indices(Q.numCols);
  const root = (k: number): number => {
    let at = k;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (let t = 1; t < Q.rows.length; t++) {
    if (Q.rows[t] === Q.rows[t - 1]) parent[root(Q.cols[t] as number)] = root(Q.cols[t - 1] as number);
  }
  const found = new Map<number, number[]>();
  for (const k of indices(Q.numCols)) {
    const group = found.get(root(k));
    if (group) group.push(k);
    else found.set(root(k), [k]);
  }
  return [...found.values()];
}

/** The members whose column is within the span of earlier ones: where Cholesky's pivot, the squared distance to that span, vanishes. */
function dependent(group: readonly number[], columns: readonly Column[]): number[] {
  const size = group.length;
  if (size > 4000)
    throw new RangeError(`parameterRank: ${size} parameters meet in one group; their Gram matrix may have at most 4000 rows`);
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
  const byRow = new Map<number, [col: number, value: number][]>();
  columns.forEach((column, col) => {
    for (const [row, value] of column) {
      const list = byRow.get(row);
      if (list) list.push([col, value]);
      else byRow.set(row, [[col, value]]);
    }
  });
  const gram = new Float64Array(size * size);
  for (const list of byRow.values()) {
    for (const [a, x] of list) {
      for (const [b, y] of list) gram[a * size + b] = (gram[a * size + b] as number) + x * y;
    }
  }
  return gram;
}

function indices(n: number): number[] {
  return Array.from({ length: n }, (_, k) => k);
}
