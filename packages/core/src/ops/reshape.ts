import { defineLinear } from "../define/linear.js";
import { ShapeError } from "../errors.js";
import { type Shape, sameShape, showShape, sizeOf } from "../shape.js";
import type { Value } from "../value.js";

/**
 * The same entries in the same (row-major) order under another shape; costs nothing.
 * @param shape one size may be −1: whatever is left
 * @throws ShapeError if the number of entries differs
 */
export function reshape(x: Value, shape: Shape): Value {
  const to = resolve(x.shape, shape);
  return sameShape(x.shape, to) ? x : reshapeOp(x, to);
}

const reshapeOp = defineLinear<Shape>({
  name: "reshape",
  shape: (_x, to) => to,
  forward: (_backend, x) => x.buffer,
  // The entries stay in order, so the transpose restores the shape.
  transpose: (ct, _to, x) => reshape(ct, x),
});

function resolve(from: Shape, to: Shape): Shape {
  const size = sizeOf(from);
  const open = to.indexOf(-1);
  const known = sizeOf(to.filter((n) => n !== -1));
  const resolved = open < 0 || known === 0 ? to : to.map((n, axis) => (axis === open ? size / known : n));
  if (!resolved.every((n) => Number.isInteger(n) && n >= 0) || sizeOf(resolved) !== size) {
    throw new ShapeError(`reshape: ${showShape(from)} has ${size} entries, which do not fill ${showShape(to)}`);
  }
  return resolved;
}
