import type { NDArray } from "../array.js";
import type { Primitive } from "../primitive.js";
import { normalizeAxes, type Shape } from "../shape.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";
import { add } from "./add.js";
import { dropAxes, keptShape } from "./kept-axes.js";
import { requireKnownOptions } from "./known-options.js";
import { mul } from "./mul.js";
import { requireEntries } from "./require-entries.js";
import { finiteShift, logShiftedSum } from "./shifted-exp.js";
import { softWeights } from "./softmax.js";
import { type ReduceOptions, sum } from "./sum.js";

/**
 * log Σ eˣ over `axes`, a smooth maximum.
 * @throws ShapeError if an axis reduced over has no entries, is outside the array, or is named twice; TypeError if an option is not known
 * @remarks Subtracts the maximum first, so entries of ±1000 do not overflow, and a result near 0 keeps its digits (e⁻⁴⁰ at [0, −40]). Entries of −∞ have no weight and derivative 0; where all are −∞ the
 * result is −∞ and the derivative is taken as 0. An entry of +∞ gives +∞, and NaN as its derivative.
 */
export function logsumexp(x: Value, options: ReduceOptions = {}): Value {
  requireKnownOptions("logsumexp", options, ["axes", "keepAxes"]);
  requireEntries("logsumexp", x.shape, options.axes);
  const axes = normalizeAxes("logsumexp", options.axes, x.shape.length);
  const kept = apply(primitive, [x], axes);
  return dropAxes(kept, axes, options.keepAxes);
}

// z = log Σ eˣ: dz = Σ p dx with p = softmax x
const primitive: Primitive<readonly number[]> = {
  name: "logsumexp",
  shape: ([x], axes) => keptShape(x as Shape, axes),
  forward(_backend, [x], axes) {
    const shift = finiteShift(x as NDArray, axes);
    return add(shift, logShiftedSum(x as NDArray, shift, axes)).array.buffer;
  },
  jvp: ([x], [dx], _z, axes) => (dx ? sum(mul(softWeights(x as Value, axes), dx), { axes, keepAxes: true }) : null),
  vjp: ([x], ct, _z, axes) => [mul(softWeights(x as Value, axes), ct)],
};
