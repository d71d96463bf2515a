import type { SparsePattern } from "@paramat/backends";
import { defineTrilinear } from "../define/trilinear.js";
import { ShapeError } from "../errors.js";
import { type Shape, sameShape, showShape, sizeOf } from "../shape.js";
import type { Value } from "../value.js";
import { reshape } from "./reshape.js";

/**
 * K y for the matrix K that has `values` on `pattern`: z[e, i] = Σ_j K[i, j] y[e, j].
 * @param pattern from `sparsePattern`
 * @param values one for each entry of the pattern
 * @param y [...examples, numCols]
 * @returns [...examples, numRows]
 * @throws ShapeError if the values are not as many as the entries, or y's last axis is not numCols
 */
export function sparseMatmul(pattern: SparsePattern, values: Value, y: Value): Value {
  return overRows("sparseMatmul", "y", y, pattern.numCols, pattern.numRows, (rows, examples) =>
    form.apply(values, rows, { pattern, examples }),
  );
}

/**
 * Kᵀ z: y[e, j] = Σ_i K[i, j] z[e, i].
 * @param z [...examples, numRows]
 * @returns [...examples, numCols]
 * @throws ShapeError if the values are not as many as the entries, or z's last axis is not numRows
 */
export function sparseMatmulTranspose(pattern: SparsePattern, values: Value, z: Value): Value {
  return overRows("sparseMatmulTranspose", "z", z, pattern.numRows, pattern.numCols, (rows, examples) =>
    form.applyTranspose(values, rows, { pattern, examples }),
  );
}

/**
 * The products z yᵀ sampled on the pattern, summed over examples: values[k] = Σₑ z[e, row k] y[e, col k]. Nothing of size numRows · numCols is formed.
 * @param y [...examples, numCols]
 * @param z [...examples, numRows]
 * @returns [entries of the pattern]
 * @throws ShapeError if the last axes are not numCols and numRows, or the examples differ
 */
export function sparseJacobianTranspose(pattern: SparsePattern, y: Value, z: Value): Value {
  const op = "sparseJacobianTranspose";
  requireLast(op, "y", y, pattern.numCols);
  requireLast(op, "z", z, pattern.numRows);
  if (!sameShape(y.shape.slice(0, -1), z.shape.slice(0, -1))) {
    throw new ShapeError(`${op}: y is ${showShape(y.shape)}, z is ${showShape(z.shape)}; all axes but the last must agree`);
  }
  const examples = sizeOf(y.shape.slice(0, -1));
  return form.jacobianTranspose(reshape(y, [examples, pattern.numCols]), reshape(z, [examples, pattern.numRows]), { pattern, examples });
}

interface SparseParams {
  readonly pattern: SparsePattern;
  readonly examples: number;
}

const form = defineTrilinear<SparseParams>({
  name: "sparseMatmul",
  thetaShape: ({ pattern }) => [pattern.rows.length],
  yShape: ({ pattern, examples }) => [examples, pattern.numCols],
  zShape: ({ pattern, examples }) => [examples, pattern.numRows],
  contract: (which, backend, a, b, { pattern, examples }) => backend.sparse(which, pattern, examples, a.buffer, b.buffer),
});

function overRows(op: string, name: string, x: Value, from: number, to: number, product: (rows: Value, examples: number) => Value): Value {
  requireLast(op, name, x, from);
  const examples: Shape = x.shape.slice(0, -1);
  return reshape(product(reshape(x, [sizeOf(examples), from]), sizeOf(examples)), [...examples, to]);
}

function requireLast(op: string, name: string, x: Value, want: number): void {
  if (x.shape.at(-1) !== want)
    throw new ShapeError(`${op}: ${name} is ${showShape(x.shape)}; its last axis must be ${want}, as the pattern says`);
}
