import { call, input, type View } from "@paramat/backends";
import type { NDArray } from "../array.js";
import { defineLinear } from "../define/linear.js";
import type { Primitive } from "../primitive.js";
import { broadcastShapes, broadcastStrides, type Shape, stridesOf } from "../shape.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";
import { add } from "./add.js";
import { broadcastTo, sumTo } from "./broadcast.js";
import { requirePlanes } from "./complex.js";
import { reshape } from "./reshape.js";

/**
 * a b entry by entry, complex, with broadcasting.
 * @param a [2, ...shapeA]: the real plane, then the imaginary one
 * @param b [2, ...shapeB]
 * @returns [2, ...shape], where shapeA and shapeB broadcast to `shape`
 * @throws ShapeError if axis 0 is not the two planes, or the shapes do not broadcast
 */
export function complexMul(a: Value, b: Value): Value {
  requirePlanes("complexMul", a);
  requirePlanes("complexMul", b);
  // The planes are aligned at the first axis, everything else at the last.
  const rank = Math.max(a.shape.length, b.shape.length);
  const align = (x: Value) => reshape(x, [2, ...new Array<number>(rank - x.shape.length).fill(1), ...x.shape.slice(1)]);
  return apply(mulOp, [align(a), align(b)], undefined);
}

/** Re x − i Im x. @param x [2, ...shape] @throws ShapeError if axis 0 is not the two planes */
export function conj(x: Value): Value {
  requirePlanes("conj", x);
  return conjOp(x, undefined);
}

// z[p] = a[p] Re b + (−1)^{1−p} a[1−p] Im b for the planes p = 0, 1: one pass over views, the second of them with the planes of a exchanged.
const mulOp: Primitive<undefined> = {
  name: "complexMul",
  shape: (inputs) => broadcastShapes("complexMul", inputs),
  forward(backend, [a, b], _, shape) {
    const [left, right] = [a as NDArray, b as NDArray];
    const own = broadcastStrides(left.shape, shape);
    const other = broadcastStrides(right.shape, shape);
    const [planeA, planeB] = [stridesOf(left.shape)[0] as number, stridesOf(right.shape)[0] as number];
    const still = (strides: readonly number[]) => [0, ...strides.slice(1)];
    const sign: View = { buffer: backend.upload([-1, 1]), offset: 0, strides: shape.map((_n, axis) => (axis === 0 ? 1 : 0)) };
    const turned = call("mul", input(4), call("mul", input(2), input(3)));
    return backend.map(call("add", call("mul", input(0), input(1)), turned), shape, [
      { buffer: left.buffer, offset: 0, strides: own },
      { buffer: right.buffer, offset: 0, strides: still(other) },
      { buffer: left.buffer, offset: planeA, strides: [-planeA, ...own.slice(1)] },
      { buffer: right.buffer, offset: planeB, strides: still(other) },
      sign,
    ]);
  },
  // d(ab) = da b + a db
  jvp([a, b], [da, db], output) {
    const left = da ? complexMul(da, b as Value) : null;
    const right = db ? complexMul(a as Value, db) : null;
    const total = left && right ? add(left, right) : (left ?? right);
    return total && broadcastTo(total, output.shape);
  },
  // Re(c̄t · da b) = Re((ct b̄)‾ da): on the planes the transpose of multiplying by b is multiplying by its conjugate.
  vjp([a, b], ct, _output, _params, wanted) {
    const pull = (x: Value, factor: Value): Value => sumTo(complexMul(ct, conj(factor)), x.shape);
    return [wanted[0] ? pull(a as Value, b as Value) : null, wanted[1] ? pull(b as Value, a as Value) : null];
  },
};

const conjOp = defineLinear<undefined>({
  name: "conj",
  shape: (x: Shape) => x,
  forward: (backend, x, _, shape) =>
    backend.map(call("mul", input(0), input(1)), shape, [
      { buffer: x.buffer, offset: 0, strides: stridesOf(shape) },
      { buffer: backend.upload([1, -1]), offset: 0, strides: shape.map((_n, axis) => (axis === 0 ? 1 : 0)) },
    ]),
  // diag(1, −1) is symmetric.
  transpose: (ct): Value => conjOp(ct, undefined),
});
