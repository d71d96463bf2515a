import { call, input } from "@paramat/backends";
import type { NDArray } from "../array.js";
import { definePointwise } from "../define/pointwise.js";
import type { Primitive } from "../primitive.js";
import { normalizeAxis, type Shape } from "../shape.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";
import { centered, withoutShare } from "./dominant-weight.js";
import { exp } from "./exponential.js";
import { requireKnownOptions } from "./known-options.js";
import { requireEntries } from "./require-entries.js";
import { finiteShift, logShiftedSum } from "./shifted-exp.js";
import type { SoftmaxOptions } from "./softmax.js";
import { sub } from "./sub.js";

/**
 * log softmax x = x − log Σ eˣ along one axis, ≤ 0.
 * @throws ShapeError if the axis has no entries or is outside the array; TypeError if an option is not known
 * @remarks Subtracts the maximum first, so entries of ±1000 neither overflow nor lose digits, and a result near 0 keeps its own (−e⁻⁴⁰ at
 * [40, 0]). Entries of −∞ stay −∞, also where all along the axis are, and have weight 0 in the derivatives. An entry of +∞ becomes NaN.
 */
export function logSoftmax(x: Value, options: SoftmaxOptions = {}): Value {
  requireKnownOptions("logSoftmax", options, ["axis"]);
  const axis = normalizeAxis("logSoftmax", options.axis ?? -1, x.shape.length);
  requireEntries("logSoftmax", x.shape, axis);
  return apply(primitive, [x], axis);
}

const primitive: Primitive<number> = {
  name: "logSoftmax",
  shape: ([x]) => x as Shape,
  forward(_backend, [x], axis) {
    const shift = finiteShift(x as NDArray, axis);
    const total = zeroIfNothing(logShiftedSum(x as NDArray, shift, axis));
    return sub(sub(x as NDArray, shift), total).array.buffer;
  },
  // z = x − log Σ eˣ: dz = dx − ⟨p, dx⟩ with p = e^z, and transposed ct − p Σ ct
  jvp: (_inputs, [dx], z, axis) => (dx ? centered(dx, exp(z), axis) : null),
  vjp: (_inputs, ct, z, axis) => [withoutShare(ct, exp(z), axis)],
};

// The logarithm of an empty sum, where all along the axis are −∞: nothing is subtracted there.
const zeroIfNothing = definePointwise({
  name: "zeroIfNothing",
  f: call("select", call("eq", input(0), Number.NEGATIVE_INFINITY), 0, input(0)),
});
