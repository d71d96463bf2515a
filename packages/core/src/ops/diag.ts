import { input } from "@paramat/backends";
import { defineLinear } from "../define/linear.js";
import { ShapeError } from "../errors.js";
import { type Shape, showShape, stridesOf } from "../shape.js";
import type { Value } from "../value.js";

/**
 * Diagonal matrices: z[…, i, i] = x[…, i], 0 elsewhere. Its transpose is `diagonal`.
 * @param x [...batch, n]
 * @returns [...batch, n, n]
 * @throws ShapeError if x is a scalar
 */
export function diag(x: Value): Value {
  if (x.shape.length < 1) throw new ShapeError("diag: x is a scalar; it must be [...batch, n], the entries of the diagonal");
  const n = x.shape.at(-1) as number;
  return placeOp(x, [...x.shape, n]);
}

/**
 * The diagonals of matrices: z[…, i] = x[…, i, i].
 * @param x [...batch, m, n]
 * @returns [...batch, min(m, n)]
 * @throws ShapeError if x has fewer than 2 axes
 */
export function diagonal(x: Value): Value {
  if (x.shape.length < 2) throw new ShapeError(`diagonal: x is ${showShape(x.shape)}; it must be [...batch, m, n]`);
  return readOp(x, undefined);
}

const readOp = defineLinear<undefined>({
  name: "diagonal",
  shape: (x) => [...x.slice(0, -2), Math.min(...x.slice(-2))],
  forward: (backend, x, _, shape) => backend.map(input(0), shape, [{ buffer: x.buffer, offset: 0, strides: diagonalStrides(x.shape) }]),
  // What was not read receives nothing.
  transpose: (ct, _, x): Value => placeOp(ct, x),
});

const placeOp = defineLinear<Shape>({
  name: "diag",
  shape: (_x, to) => to,
  forward: (backend, x, to) =>
    backend.place(to, [
      { source: { buffer: x.buffer, offset: 0, strides: stridesOf(x.shape) }, shape: x.shape, offset: 0, strides: diagonalStrides(to) },
    ]),
  transpose: (ct): Value => diagonal(ct),
});

/** One step along the diagonal is one row and one column. */
function diagonalStrides(matrices: Shape): number[] {
  const strides = stridesOf(matrices);
  const col = strides.pop() as number;
  const row = strides.pop() as number;
  return [...strides, row + col];
}
