import { input } from "@paramat/backends";
import { defineLinear } from "../define/linear.js";
import { ShapeError } from "../errors.js";
import { normalizeAxis, showShape, stridesOf } from "../shape.js";
import type { Value } from "../value.js";

/**
 * x with its axes in another order: axis a of the result is axis `axes[a]` of x.
 * @param axes each axis of x once, negative ones from the end; the reverse order if left out
 * @throws ShapeError if `axes` does not name every axis once
 */
export function transpose(x: Value, axes?: readonly number[]): Value {
  const rank = x.shape.length;
  const order = axes ? axes.map((axis) => normalizeAxis("transpose", axis, rank)) : x.shape.map((_, axis) => rank - 1 - axis);
  if (order.length !== rank || new Set(order).size !== rank) {
    throw new ShapeError(
      `transpose: axes [${axes?.join(", ")}] for shape ${showShape(x.shape)}; each of its ${rank} axes must be named once`,
    );
  }
  return order.every((from, axis) => from === axis) ? x : permute(x, order);
}

/** x with axes a and b exchanged. @throws ShapeError if there is no such axis */
export function swapAxes(x: Value, a: number, b: number): Value {
  const [first, second] = [normalizeAxis("swapAxes", a, x.shape.length), normalizeAxis("swapAxes", b, x.shape.length)];
  return transpose(
    x,
    x.shape.map((_, axis) => (axis === first ? second : axis === second ? first : axis)),
  );
}

/** x with axis `from` moved to stand at `to`, the others in their order. @throws ShapeError if there is no such axis */
export function moveAxis(x: Value, from: number, to: number): Value {
  const [source, target] = [normalizeAxis("moveAxis", from, x.shape.length), normalizeAxis("moveAxis", to, x.shape.length)];
  const others = x.shape.map((_, axis) => axis).filter((axis) => axis !== source);
  return transpose(x, [...others.slice(0, target), source, ...others.slice(target)]);
}

// A permutation's transpose is its inverse: axis `order[a]` goes back to where a was.
const permute = defineLinear<readonly number[]>({
  name: "transpose",
  shape: (x, order) => order.map((axis) => x[axis] as number),
  forward(backend, x, order, shape) {
    const own = stridesOf(x.shape);
    return backend.map(input(0), shape, [{ buffer: x.buffer, offset: 0, strides: order.map((axis) => own[axis] as number) }]);
  },
  transpose: (ct, order): Value =>
    permute(
      ct,
      order.map((_, axis) => order.indexOf(axis)),
    ),
});
