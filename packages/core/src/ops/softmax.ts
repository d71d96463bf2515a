import type { NDArray } from "../array.js";
import type { Primitive } from "../primitive.js";
import { normalizeAxis, type Shape } from "../shape.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";
import { div } from "./div.js";
import { centered } from "./dominant-weight.js";
import { requireKnownOptions } from "./known-options.js";
import { mul } from "./mul.js";
import { requireEntries } from "./require-entries.js";
import { finiteShift, oneIfZero, shiftedExp } from "./shifted-exp.js";
import { sum } from "./sum.js";

export interface SoftmaxOptions {
  /** Default −1, the last. */
  readonly axis?: number;
}

/**
 * eˣ / Σ eˣ along one axis: positive weights that sum to 1.
 * @throws ShapeError if the axis has no entries or is outside the array; TypeError if an option is not known
 * @remarks Subtracts the maximum first, so entries of ±1000 do not overflow. Entries of −∞ have weight and derivative 0; where all along the axis
 * are −∞ there is nothing to weigh, and all weights and derivatives are 0. An entry of +∞ becomes NaN.
 */
export function softmax(x: Value, options: SoftmaxOptions = {}): Value {
  requireKnownOptions("softmax", options, ["axis"]);
  const axis = normalizeAxis("softmax", options.axis ?? -1, x.shape.length);
  requireEntries("softmax", x.shape, axis);
  return softWeights(x, [axis]);
}

/** eˣ / Σ eˣ over `axes`, already normalized: the derivative of `logsumexp`. */
export function softWeights(x: Value, axes: readonly number[]): Value {
  return apply(primitive, [x], axes);
}

const primitive: Primitive<readonly number[]> = {
  name: "softmax",
  shape: ([x]) => x as Shape,
  forward(_backend, [x], axes) {
    const weights = shiftedExp(x as NDArray, finiteShift(x as NDArray, axes));
    return div(weights, oneIfZero(sum(weights, { axes, keepAxes: true }))).array.buffer;
  },
  jvp: (_inputs, [dx], z, axes) => (dx ? derivative(z, dx, axes) : null),
  vjp: (_inputs, ct, z, axes) => [derivative(z, ct, axes)],
};

// ∂zᵢ/∂xⱼ = zᵢ(δᵢⱼ − zⱼ), which is symmetric: z ∘ (v − ⟨z, v⟩) either way
function derivative(z: Value, v: Value, axes: readonly number[]): Value {
  return mul(z, centered(v, z, axes));
}
