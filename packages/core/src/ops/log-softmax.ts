import type { NDArray } from "../array.js";
import type { Primitive } from "../primitive.js";
import { normalizeAxis, type Shape } from "../shape.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";
import { exp } from "./exponential.js";
import { log } from "./logarithm.js";
import { mul } from "./mul.js";
import { requireEntries } from "./require-entries.js";
import { finiteShift, oneIfZero } from "./shifted-exp.js";
import type { SoftmaxOptions } from "./softmax.js";
import { sub } from "./sub.js";
import { sum } from "./sum.js";

/**
 * log softmax x = x − log Σ eˣ along one axis, ≤ 0.
 * @throws ShapeError if the axis has no entries or is outside the array
 * @remarks Subtracts the maximum first, so entries of ±1000 neither overflow nor lose digits. Entries of −∞ stay −∞, also where all along the axis
 * are, and have weight 0 in the derivatives. An entry of +∞ becomes NaN.
 */
export function logSoftmax(x: Value, options: SoftmaxOptions = {}): Value {
  const axis = normalizeAxis("logSoftmax", options.axis ?? -1, x.shape.length);
  requireEntries("logSoftmax", x.shape, axis);
  return apply(primitive, [x], axis);
}

// z = x − log Σ eˣ: dz = dx − Σ p dx with p = e^z, and transposed ct − p Σ ct
const primitive: Primitive<number> = {
  name: "logSoftmax",
  shape: ([x]) => x as Shape,
  forward(_backend, [x], axis) {
    const shifted = sub(x as NDArray, finiteShift(x as NDArray, axis));
    return sub(shifted, log(oneIfZero(sum(exp(shifted), { axes: axis, keepAxes: true })))).array.buffer;
  },
  jvp: (_inputs, [dx], z, axis) => (dx ? sub(dx, sum(mul(exp(z), dx), { axes: axis, keepAxes: true })) : null),
  vjp: (_inputs, ct, z, axis) => [sub(ct, mul(exp(z), sum(ct, { axes: axis, keepAxes: true })))],
};
