import type { Backend } from "@paramat/backends";
import { BackendError, ndarray, sizeOf, zeros } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import { hasEntries, type MatrixEntries } from "../plugin/matrix-entries.js";
import { toDense } from "./to-dense.js";

/** Q of K(θ) = A₀ + mat(Qθ), sparse: Q[rows[k], cols[k]] = values[k], sorted by row, then column. */
export interface MatrixQ {
  /** m·n. */
  readonly numRows: number;
  /** p. */
  readonly numCols: number;
  readonly rows: Int32Array;
  readonly cols: Int32Array;
  readonly values: Float64Array;
  /** How vec runs through K: `columnMajor` goes down the first column first, as the lecture and MATLAB write it. */
  readonly order: VecOrder;
  /** vec(A₀), its entries that are not 0. */
  readonly constant: { readonly rows: Int32Array; readonly values: Float64Array };
  /** What the parameters are called; θ[0], θ[1], … or by several indices where θ has several axes. */
  readonly parameterNames: readonly string[];
}

export type VecOrder = "columnMajor" | "rowMajor";

export interface MatrixQOptions {
  /** Needed only where Q is found by probing. */
  readonly backend?: Backend;
  /** Default `columnMajor`. */
  readonly order?: VecOrder;
}

/**
 * Q with vec(K(θ) − A₀) = Qθ (lecture, "Example: Derivative of M-matrix"), and A₀ beside it. Exact from the entries where K can say them; else column k
 * is vec(K(u_k) − A₀) of the k-th unit vector of θ, which costs p times the dense matrix.
 * @throws BackendError if Q must be probed and no backend is given
 * @throws RangeError if m·n is 2³¹ or more
 * @example
 * import { antisymmetricMatrix, matrixQ } from "@paramat/layers";
 * const Q = matrixQ(antisymmetricMatrix(2));
 * [...Q.rows]; // → [1, 2]
 * [...Q.values]; // → [-1, 1]
 */
export function matrixQ(K: Parameterization, options: MatrixQOptions = {}): MatrixQ {
  const { backend, order = "columnMajor" } = options;
  const m = sizeOf(K.outShape);
  const n = sizeOf(K.inShape);
  if (m * n >= 2 ** 31) throw new RangeError(`matrixQ: K is ${m} × ${n}, so Q has ${m * n} rows; there may be at most 2^31 − 1`);
  if (!hasEntries(K) && !backend) {
    throw new BackendError(`matrixQ: ${K.name} does not say its entries, so Q is found by probing; pass { backend } to compute on`);
  }
  const place = order === "columnMajor" ? (i: number, j: number) => j * m + i : (i: number, j: number) => i * n + j;
  const found = hasEntries(K) ? fromEntriesOf(K.entries(), place) : probe(K, backend as Backend, place);
  const sorted = sortTriplets(found.q);
  const fixed = sortTriplets(found.constant);
  return {
    numRows: m * n,
    numCols: K.numParams,
    ...sorted,
    order,
    constant: { rows: fixed.rows, values: fixed.values },
    parameterNames: found.names ?? indexNames(K.thetaShape),
  };
}

type Triplet = readonly [row: number, col: number, value: number];

interface Found {
  readonly q: Triplet[];
  readonly constant: Triplet[];
  readonly names?: readonly string[];
}

function fromEntriesOf(entries: MatrixEntries, place: (i: number, j: number) => number): Found {
  const { pattern, coefficients, constant } = entries;
  const at = pattern.rows.map((i, k) => place(i, pattern.cols[k] as number));
  const { rows, cols } = coefficients.pattern;
  const q = Array.from(coefficients.values, (value, t): Triplet => [at[rows[t] as number] as number, cols[t] as number, value]);
  const fixed = Array.from(constant ?? [], (value, k): Triplet => [at[k] as number, 0, value]).filter(([, , value]) => value !== 0);
  return { q, constant: fixed, ...(entries.parameterNames && { names: entries.parameterNames }) };
}

function probe(K: Parameterization, backend: Backend, place: (i: number, j: number) => number): Found {
  const n = sizeOf(K.inShape);
  const at = (flat: number) => place(Math.floor(flat / n), flat % n);
  // Only an affine K has a matrix at θ = 0; its entries are taken off every column.
  const offset = K.fixedPart ? toDense(K, zeros(backend, K.thetaShape)).toArray() : null;
  const q: Triplet[] = [];
  const unit = new Float64Array(K.numParams);
  for (let k = 0; k < K.numParams; k++) {
    unit[k] = 1;
    const matrix = toDense(K, ndarray(backend, unit, K.thetaShape)).toArray();
    unit[k] = 0;
    for (let flat = 0; flat < matrix.length; flat++) {
      const value = (matrix[flat] as number) - (offset ? (offset[flat] as number) : 0);
      if (value !== 0) q.push([at(flat), k, value]);
    }
  }
  const constant = Array.from(offset ?? [], (value: number, flat): Triplet => [at(flat), 0, value]).filter(([, , value]) => value !== 0);
  return { q, constant };
}

function sortTriplets(list: Triplet[]): Pick<MatrixQ, "rows" | "cols" | "values"> {
  list.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    rows: Int32Array.from(list, ([row]) => row),
    cols: Int32Array.from(list, ([, col]) => col),
    values: Float64Array.from(list, ([, , value]) => value),
  };
}

function indexNames(shape: readonly number[]): string[] {
  const positions = shape.reduce<string[]>(
    (all, n) => all.flatMap((p) => Array.from({ length: n }, (_, i) => (p ? `${p}, ${i}` : `${i}`))),
    [""],
  );
  return positions.map((p) => (p ? `θ[${p}]` : "θ"));
}
