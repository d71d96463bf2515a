import { call, input } from "@paramat/backends";
import type { NDArray } from "../array.js";
import { definePointwise } from "../define/pointwise.js";
import type { Primitive } from "../primitive.js";
import { normalizeAxes, type Shape } from "../shape.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";
import { add } from "./add.js";
import { dropAxes, keptShape } from "./kept-axes.js";
import { log } from "./logarithm.js";
import { mul } from "./mul.js";
import { requireEntries } from "./require-entries.js";
import { finiteShift, shiftedExp } from "./shifted-exp.js";
import { type ReduceOptions, sum } from "./sum.js";

/**
 * log Σ eˣ over `axes`, a smooth maximum.
 * @throws ShapeError if an axis reduced over has no entries, is outside the array, or is named twice
 * @remarks Subtracts the maximum first, so entries of ±1000 do not overflow. Entries of −∞ have no weight and derivative 0; where all are −∞ the
 * result is −∞ and the derivative is taken as 0. An entry of +∞ gives +∞, and NaN as its derivative.
 */
export function logsumexp(x: Value, options: ReduceOptions = {}): Value {
  requireEntries("logsumexp", x.shape, options.axes);
  const axes = normalizeAxes("logsumexp", options.axes, x.shape.length);
  const kept = apply(primitive, [x], axes);
  return dropAxes(kept, axes, options.keepAxes);
}

// z = log Σ eˣ: dz = Σ p dx with p = e^{x − z}
const primitive: Primitive<readonly number[]> = {
  name: "logsumexp",
  shape: ([x], axes) => keptShape(x as Shape, axes),
  forward(_backend, [x], axes) {
    const shift = finiteShift(x as NDArray, axes);
    return add(shift, log(sum(shiftedExp(x as NDArray, shift), { axes, keepAxes: true }))).array.buffer;
  },
  jvp: ([x], [dx], z, axes) => (dx ? sum(mul(weights(x as Value, z), dx), { axes, keepAxes: true }) : null),
  vjp: ([x], ct, z) => [mul(weights(x as Value, z), ct)],
};

/** e^{x − z}, and e^{−∞} = 0 where all of x is −∞, and with it z. */
function weights(x: Value, z: Value): Value {
  return shiftedExp(x, zeroIfNothing(z));
}

const zeroIfNothing = definePointwise({
  name: "zeroIfNothing",
  f: call("select", call("eq", input(0), Number.NEGATIVE_INFINITY), 0, input(0)),
});
