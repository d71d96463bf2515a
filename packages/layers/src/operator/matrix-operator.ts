import { isValue, matmul, type Nested, ndarray, reshape, type Shape, ShapeError, showShape, sizeOf, type Value } from "@paramat/core";
import type { Tag } from "../tag.js";
import { linearOperator } from "./checked-operator.js";
import type { LinearOperator } from "./linear-operator.js";

export interface MatrixOperatorOptions {
  /** Sizes whose product is the number of columns; vectors if left out. */
  readonly inShape?: Shape;
  /** Sizes whose product is the number of rows; vectors if left out. */
  readonly outShape?: Shape;
  /** What is known of A. */
  readonly tags?: readonly Tag[];
}

/**
 * y ↦ A y for a given matrix A ∈ R^{m×n}; several axes are taken as one, row-major.
 * @param matrix m rows of n numbers, or an array [m, n] (which keeps it on its backend; numbers are uploaded at each call)
 * @throws ShapeError if it is not a matrix, or a shape has another number of entries
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { matrixOperator } from "@paramat/layers";
 * matrixOperator([[1, 2], [3, 4], [5, 6]]).apply(ndarray(cpu(), [[1, -1]])).toNested(); // → [[-1, -1, -1]]
 */
export function matrixOperator(matrix: Value | readonly (readonly number[])[], options: MatrixOperatorOptions = {}): LinearOperator {
  const op = "matrixOperator";
  const [m, n] = isValue(matrix) ? matrix.shape : [matrix.length, matrix[0]?.length ?? 0];
  if (m === undefined || n === undefined || (isValue(matrix) ? matrix.shape.length !== 2 : matrix.some((row) => row.length !== n))) {
    const found = isValue(matrix)
      ? `has shape ${showShape(matrix.shape)}`
      : `has rows of ${matrix.map((row) => row.length).join(", ")} numbers`;
    throw new ShapeError(`${op}: the matrix ${found}; it must have rows and columns, [m, n]`);
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
  const on = (x: Value) => (isValue(matrix) ? matrix : ndarray(x.backend, matrix as Nested, [m, n]));
  const flat = (x: Value, size: number) => reshape(x, [x.shape[0] as number, size]);
  const shaped = (x: Value, shape: Shape) => reshape(x, [x.shape[0] as number, ...shape]);
  return linearOperator({
    name: op,
    inShape,
    outShape,
    ...(tags && { tags }),
    apply: (y) => shaped(matmul(flat(y, n), on(y), { transposeB: true }), outShape),
    applyTranspose: (z) => shaped(matmul(flat(z, m), on(z)), inShape),
  });
}
