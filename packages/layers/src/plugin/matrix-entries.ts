import type { SparsePattern } from "@paramat/backends";
import { NotLinearError, ShapeError, sparsePattern } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";

/** K(θ) entry by entry: the k-th entry of `pattern` is (Q̃θ)_k + constant_k, all other entries are 0 whatever θ is. */
export interface MatrixEntries {
  /** Where K(θ) may differ from 0, m × n. */
  readonly pattern: SparsePattern;
  /** Q̃, one row for each entry of `pattern`, one column for each parameter. */
  readonly coefficients: { readonly pattern: SparsePattern; readonly values: Float64Array };
  /** The entries of A₀, one for each entry of `pattern`; 0 if left out. */
  readonly constant?: Float64Array;
  /** What the parameters are called in reports; θ[0], θ[1], … if left out. */
  readonly parameterNames?: readonly string[];
}

/** A parameterization that can say its entries, so that its Q is exact and cheap. */
export interface ExplicitParameterization extends Parameterization {
  entries(): MatrixEntries;
}

/** Whether K can say its entries. */
export function hasEntries(K: object): K is ExplicitParameterization {
  return "entries" in K && typeof K.entries === "function";
}

/** Σ coefficient · θ[param], as pairs [param, coefficient]; a parameter named twice counts twice. */
export type EntryTerms = readonly (readonly [param: number, coefficient: number])[];

/** K[i, j] = Σ coefficient · θ[param] + constant. */
export type MatrixEntry = readonly [i: number, j: number, terms: EntryTerms, constant?: number];

/**
 * Entries in any order, sorted and checked.
 * @param op named in errors
 * @throws ShapeError if an entry is outside the matrix, two stand at one place, or a parameter is not one of 0 … numParams − 1
 * @throws NotLinearError if a coefficient or a constant is not a finite number
 */
export function matrixEntries(op: string, numRows: number, numCols: number, numParams: number, list: Iterable<MatrixEntry>): MatrixEntries {
  const rows: number[] = [];
  const cols: number[] = [];
  const constants: number[] = [];
  const terms = { entries: [] as number[], params: [] as number[], values: [] as number[] };
  for (const [i, j, pairs, constant = 0] of list) {
    requireIndex(i, numRows, () => `${op}: entry (${i}, ${j}) is outside the matrix; rows are integers in 0 … ${numRows - 1}`);
    requireIndex(j, numCols, () => `${op}: entry (${i}, ${j}) is outside the matrix; columns are integers in 0 … ${numCols - 1}`);
    if (!Number.isFinite(constant))
      throw new NotLinearError(`${op}: entry (${i}, ${j}) has the constant ${constant}; it must be a finite number`);
    for (const [param, value] of pairs.length > 1 ? addUp(pairs) : pairs) {
      requireIndex(
        param,
        numParams,
        () => `${op}: entry (${i}, ${j}) reads parameter ${param}; parameters are integers in 0 … ${numParams - 1}`,
      );
      if (!Number.isFinite(value)) {
        throw new NotLinearError(
          `${op}: entry (${i}, ${j}) has the coefficient ${value} for parameter ${param}; it must be a finite number`,
        );
      }
      if (value === 0) continue;
      terms.entries.push(rows.length);
      terms.params.push(param);
      terms.values.push(value);
    }
    rows.push(i);
    cols.push(j);
    constants.push(constant);
  }
  const { order, ...pattern } = sparsePattern({ numRows, numCols, rows, cols });
  const place = new Int32Array(order.length);
  order.forEach((from, to) => {
    place[from] = to;
  });
  const q = sparsePattern({
    numRows: order.length,
    numCols: numParams,
    rows: terms.entries.map((k) => place[k] as number),
    cols: terms.params,
  });
  const values = Float64Array.from(q.order, (k) => terms.values[k] as number);
  const coefficients = { pattern: { numRows: q.numRows, numCols: q.numCols, rows: q.rows, cols: q.cols }, values };
  if (constants.every((c) => c === 0)) return { pattern, coefficients };
  return { pattern, coefficients, constant: Float64Array.from(order, (k) => constants[k] as number) };
}

function addUp(pairs: EntryTerms): Iterable<[number, number]> {
  const total = new Map<number, number>();
  for (const [param, value] of pairs) total.set(param, (total.get(param) ?? 0) + value);
  return total;
}

function requireIndex(i: number, n: number, message: () => string): void {
  if (!(Number.isInteger(i) && i >= 0 && i < n)) throw new ShapeError(message());
}
