import { input } from "@paramat/backends";
import { defineLinear } from "../define/linear.js";
import { ShapeError } from "../errors.js";
import { broadcastStrides, checkShape, type Shape, sameShape, showShape } from "../shape.js";
import type { Value } from "../value.js";

/**
 * x repeated to `shape`: axes are aligned at the last one, and sizes of 1 are repeated (as in NumPy). Its transpose is `sumTo`.
 * @throws ShapeError if x does not broadcast to `shape`
 */
export function broadcastTo(x: Value, shape: Shape): Value {
  return sameShape(x.shape, shape) ? x : broadcastOp(x, checkShape("broadcastTo", shape));
}

/**
 * x summed down to `shape`, the transpose of `broadcastTo`: entries that came from one entry are added.
 * @throws ShapeError if `shape` does not broadcast to x's
 */
export function sumTo(x: Value, shape: Shape): Value {
  return sameShape(x.shape, shape) ? x : sumOp(x, checkShape("sumTo", shape));
}

// out = B x with B a matrix of ones where an entry is repeated; Bᵀ adds what was repeated.
const broadcastOp = defineLinear<Shape>({
  name: "broadcastTo",
  shape(x, to) {
    requireBroadcast("broadcastTo", x, to);
    return to;
  },
  forward: (backend, x, to) => backend.map(input(0), to, [{ buffer: x.buffer, offset: 0, strides: broadcastStrides(x.shape, to) }]),
  transpose: (ct, _to, x) => sumTo(ct, x),
});

const sumOp = defineLinear<Shape>({
  name: "sumTo",
  shape(x, to) {
    requireBroadcast("sumTo", to, x);
    return to;
  },
  forward(backend, x, to) {
    const lead = x.shape.length - to.length;
    const axes = x.shape.flatMap((n, axis) => (axis < lead || (to[axis - lead] === 1 && n !== 1) ? [axis] : []));
    return axes.length === 0 ? x.buffer : backend.reduce("sum", x.shape, axes, x.buffer);
  },
  transpose: (ct, _to, x) => broadcastTo(ct, x),
});

function requireBroadcast(op: string, small: Shape, large: Shape): void {
  const lead = large.length - small.length;
  if (lead < 0 || !small.every((n, axis) => n === 1 || n === large[lead + axis])) {
    throw new ShapeError(
      `${op}: ${showShape(small)} does not broadcast to ${showShape(large)}; aligned at the last axis, sizes must be equal or 1`,
    );
  }
}
