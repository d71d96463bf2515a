import { gather, mul, ndarray, reshape, scatterAdd, sparseMatmul, sparseMatmulTranspose, type Value } from "@paramat/core";
import type { MatrixEntries } from "./matrix-entries.js";

/** The linear map θ ↦ Q̃θ from parameters to the entries of a pattern. */
export interface EntryValues {
  /** Q̃θ, [entries], for θ [p]. */
  apply(theta: Value): Value;
  /** Q̃ᵀv, [p], for v [entries]. */
  applyTranspose(values: Value): Value;
}

/** Q̃ by what it is: the identity, one (scaled) parameter for each entry, which a gather reads, or a sparse matrix. */
export function entryValues({ coefficients: { pattern, values } }: MatrixEntries): EntryValues {
  const { rows, cols, numRows, numCols } = pattern;
  const oneEach = rows.length === numRows && rows.every((row, k) => row === k);
  if (!oneEach) {
    const weights = (x: Value) => ndarray(x.backend, values);
    return {
      apply: (theta) => sparseMatmul(pattern, weights(theta), theta),
      applyTranspose: (v) => sparseMatmulTranspose(pattern, weights(v), v),
    };
  }
  const scaled = values.every((v) => v === 1) ? (x: Value) => x : (x: Value) => mul(x, ndarray(x.backend, values));
  const inOrder = numRows === numCols && cols.every((col, k) => col === k);
  return {
    apply: (theta) => scaled(inOrder ? theta : gather(theta, cols)),
    applyTranspose: (v) => (inOrder ? reshape(scaled(v), [numCols]) : scatterAdd(scaled(v), cols, numCols)),
  };
}
