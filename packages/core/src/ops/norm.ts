import { call, input } from "@paramat/backends";
import type { NDArray } from "../array.js";
import { definePointwise } from "../define/pointwise.js";
import type { Primitive } from "../primitive.js";
import { normalizeAxes, type Shape } from "../shape.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";
import { abs } from "./abs.js";
import { div } from "./div.js";
import { dropAxes, keptShape } from "./kept-axes.js";
import { requireKnownOptions } from "./known-options.js";
import { max } from "./max.js";
import { mul } from "./mul.js";
import { pow } from "./pow.js";
import { sign } from "./rounding.js";
import { sqrt } from "./sqrt.js";
import { square } from "./square.js";
import { type ReduceOptions, sum } from "./sum.js";

export interface NormOptions extends ReduceOptions {
  /** 1 ≤ p ≤ ∞, default 2. */
  readonly p?: number;
}

/**
 * ‖x‖ₚ = (Σ |x|ᵖ)^{1/p} over `axes`; max |x| for p = ∞. The norm of nothing is 0. Over two axes it is a norm of entries: p = 2 is Frobenius.
 * @throws RangeError unless 1 ≤ p ≤ ∞; ShapeError if an axis is outside the array or named twice; TypeError if an option is not known
 * @remarks Where the norm is 0 it is not differentiable, and its derivatives are taken as 0 (a subgradient). So is the derivative of |x| at an
 * entry 0 for p = 1; entries of equal modulus share it for p = ∞. For 1 < p < 2 the second derivative at an entry 0 does not exist, and is NaN.
 * For 1 < p < ∞ entries are divided by the largest first, so that powers neither overflow nor underflow.
 */
export function norm(x: Value, options: NormOptions = {}): Value {
  requireKnownOptions("norm", options, ["p", "axes", "keepAxes"]);
  const { p = 2, ...over } = options;
  if (!(p >= 1)) throw new RangeError(`norm: p is ${p}; it must be ≥ 1, or Infinity for the largest modulus`);
  const axes = normalizeAxes("norm", options.axes, x.shape.length);
  if (p === 1 || axes.some((axis) => x.shape[axis] === 0)) return sum(abs(x), over);
  if (p === Number.POSITIVE_INFINITY) return max(abs(x), over);
  const kept = apply(primitive, [x], { axes, p });
  return dropAxes(kept, axes, options.keepAxes);
}

interface NormParams {
  readonly axes: readonly number[];
  readonly p: number;
}

// z = (Σ |x|ᵖ)^{1/p}: dz = Σ sign x · (|x|/z)^{p−1} dx
const primitive: Primitive<NormParams> = {
  name: "norm",
  shape: ([x], { axes }) => keptShape(x as Shape, axes),
  forward(_backend, [x], { axes, p }) {
    const largest = usableScale(max(abs(x as NDArray), { axes, keepAxes: true }));
    const scaled = div(x as NDArray, largest);
    const total = (terms: Value) => sum(terms, { axes, keepAxes: true });
    const size = p === 2 ? sqrt(total(square(scaled))) : pow(total(pow(abs(scaled), p)), 1 / p);
    return mul(largest, size).array.buffer;
  },
  jvp: ([x], [dx], z, { axes, p }) => (dx ? sum(mul(slopes(x as Value, z, p), dx), { axes, keepAxes: true }) : null),
  vjp: ([x], ct, z, { p }) => [mul(slopes(x as Value, z, p), ct)],
};

function slopes(x: Value, z: Value, p: number): Value {
  const ratio = ratioOrZero(x, z);
  return p === 2 ? ratio : mul(sign(x), pow(abs(ratio), p - 1));
}

// x/z, and 0 where z = 0; selected, so that every further derivative is 0 there as well.
const ratioOrZero = definePointwise({
  name: "ratioOrZero",
  f: call("select", call("eq", input(1), 0), 0, call("div", input(0), input(1))),
});

// 1 where the largest modulus is 0, infinite or NaN: those come through unscaled.
const usableScale = definePointwise({
  name: "usableScale",
  f: call("select", call("mul", call("gt", input(0), 0), call("lt", input(0), Number.POSITIVE_INFINITY)), input(0), 1),
});
