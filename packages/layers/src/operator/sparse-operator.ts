import {
  ndarray,
  reshape,
  type Shape,
  ShapeError,
  type SparseEntries,
  showShape,
  sizeOf,
  sparseMatmul,
  sparseMatmulTranspose,
  sparsePattern,
  type Value,
} from "@paramat/core";
import { linearOperator } from "./checked-operator.js";
import type { LinearOperator } from "./linear-operator.js";
import type { MatrixOperatorOptions } from "./matrix-operator.js";

/** A sparse matrix by its entries, in any order, none twice. */
export interface SparseMatrixEntries extends SparseEntries {
  readonly values: ArrayLike<number>;
}

/**
 * y ↦ A y for a given sparse matrix A ∈ R^{m×n}; several axes are taken as one, row-major.
 * @throws ShapeError if an entry is outside the matrix, two stand at one place, the values are not as many as the places, or a shape has another number
 * of entries
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { sparseOperator } from "@paramat/layers";
 * const A = sparseOperator({ numRows: 2, numCols: 3, rows: [0, 1], cols: [2, 0], values: [5, 7] });
 * A.apply(ndarray(cpu(), [[1, 10, 100]])).toNested(); // → [[500, 7]]
 */
export function sparseOperator(entries: SparseMatrixEntries, options: MatrixOperatorOptions = {}): LinearOperator {
  const op = "sparseOperator";
  const { numRows: m, numCols: n } = entries;
  const { order, ...pattern } = sparsePattern(entries);
  if (entries.values.length !== order.length) {
    throw new ShapeError(`${op}: ${entries.values.length} values for ${order.length} entries; each entry needs one`);
  }
  const { inShape = [n], outShape = [m], tags } = options;
  const mismatched = (
    [
      ["inShape", inShape, n],
      ["outShape", outShape, m],
    ] as const
  ).find(([, shape, size]) => sizeOf(shape) !== size);
  if (mismatched)
    throw new ShapeError(
      `${op}: ${mismatched[0]} is ${showShape(mismatched[1])} for a matrix [${m}, ${n}]; it must have ${mismatched[2]} entries`,
    );
  const numbers = Float64Array.from(order, (k) => entries.values[k] as number);
  const flat = (x: Value, size: number) => reshape(x, [x.shape[0] as number, size]);
  const shaped = (x: Value, shape: Shape) => reshape(x, [x.shape[0] as number, ...shape]);
  return linearOperator({
    name: op,
    inShape,
    outShape,
    ...(tags && { tags }),
    apply: (y) => shaped(sparseMatmul(pattern, ndarray(y.backend, numbers), flat(y, n)), outShape),
    applyTranspose: (z) => shaped(sparseMatmulTranspose(pattern, ndarray(z.backend, numbers), flat(z, m)), inShape),
  });
}
