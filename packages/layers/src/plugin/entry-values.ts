import { gather, mul, ndarray, reshape, scatterAdd, sparseMatmul, sparseMatmulTranspose, type Value } from "@paramat/core";
import type { MatrixEntries } from "./matrix-entries.js";

/** The linear map θ ↦ Q̃θ from parameters to the entries of a pattern. */
export interface EntryValues {
  /** Q̃θ, [entries], for θ [p]. */
  apply(theta: Value): Value;
  /** Q̃ᵀv, [p], for v [entries]. */
  applyTranspose(values: Value): Value;
}

/** Q̃ by what it is: the identity, at most one (scaled) parameter for each entry, which a gather reads, or a sparse matrix. */
export function entryValues({ coefficients: { pattern, values } }: MatrixEntries): EntryValues {
  const { rows, cols, numRows, numCols } = pattern;
  const atMostOne = rows.every((row, k) => k === 0 || row > (rows[k - 1] as number));
  if (!atMostOne) {
    const weights = (x: Value) => ndarray(x.backend, values);
    return {
      apply: (theta) => sparseMatmul(pattern, weights(theta), theta),
      applyTranspose: (v) => sparseMatmulTranspose(pattern, weights(v), v),
    };
  }
  // −1, and so 0, where no parameter goes.
  const index = new Int32Array(numRows).fill(-1);
  const factors = new Float64Array(numRows);
  rows.forEach((row, k) => {
    index[row] = cols[k] as number;
    factors[row] = values[k] as number;
  });
  const scaled = values.every((v) => v === 1) ? (x: Value) => x : (x: Value) => mul(x, ndarray(x.backend, factors));
  const inOrder = numRows === numCols && index.every((col, k) => col === k);
  return {
    apply: (theta) => scaled(inOrder ? theta : gather(theta, index)),
    applyTranspose: (v) => (inOrder ? reshape(scaled(v), [numCols]) : scatterAdd(scaled(v), index, numCols)),
  };
}
