import { call, input } from "@paramat/backends";
import { defineLinear } from "../define/linear.js";
import { ShapeError } from "../errors.js";
import { showShape, stridesOf } from "../shape.js";
import type { Value } from "../value.js";

/**
 * The lower triangle: z[…, i, j] = x[…, i, j] where j − i ≤ offset, else 0 (also where x is infinite or NaN).
 * @param x [...batch, m, n]
 * @param offset 0 keeps the diagonal, −1 drops it, 1 keeps one diagonal above it
 * @throws ShapeError if x has fewer than 2 axes or offset is not an integer
 */
export function tril(x: Value, offset = 0): Value {
  return triangle("tril", x, offset);
}

/** The upper triangle: z[…, i, j] = x[…, i, j] where j − i ≥ offset, else 0. Shapes and errors as `tril`. */
export function triu(x: Value, offset = 0): Value {
  return triangle("triu", x, offset);
}

function triangle(name: "tril" | "triu", x: Value, offset: number): Value {
  if (x.shape.length < 2) throw new ShapeError(`${name}: x is ${showShape(x.shape)}; it must be [...batch, m, n]`);
  if (!Number.isInteger(offset)) throw new ShapeError(`${name}: offset is ${offset}; it must be an integer`);
  return maskOp(x, { name, offset });
}

const maskOp = defineLinear<{ readonly name: "tril" | "triu"; readonly offset: number }>({
  name: "triangle",
  shape: (x) => x,
  forward(backend, x, { name, offset }, shape) {
    const [rows, cols] = shape.slice(-2) as [number, number];
    const keep = new Float64Array(rows * cols);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) keep[i * cols + j] = (name === "tril" ? j - i <= offset : j - i >= offset) ? 1 : 0;
    }
    const mask = { buffer: backend.upload(keep), offset: 0, strides: [...shape.slice(0, -2).map(() => 0), cols, 1] };
    return backend.map(call("select", input(0), input(1), 0), shape, [mask, { buffer: x.buffer, offset: 0, strides: stridesOf(shape) }]);
  },
  // A diagonal matrix of ones and zeros is its own transpose.
  transpose: (ct, params): Value => maskOp(ct, params),
});
