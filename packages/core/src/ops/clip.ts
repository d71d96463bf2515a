import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { ValueLike } from "../lift.js";
import type { Value } from "../value.js";

/**
 * x limited to [lo, hi] entry by entry, with broadcasting: lo where x < lo, hi where x > hi, else x.
 * @param lo lower bound, a number or an array, differentiable as well; −∞ or NaN does not bind
 * @param hi upper bound, ≥ lo; ∞ or NaN does not bind
 * @throws RangeError if both bounds are numbers and lo > hi
 * @remarks The derivative in x is 1 on the closed interval and 0 outside; NaN in x stays NaN.
 */
export function clip(x: Value, lo: ValueLike, hi: ValueLike): Value {
  if (typeof lo === "number" && typeof hi === "number" && lo > hi) {
    throw new RangeError(`clip: the bounds are crossed: lo is ${lo}, hi is ${hi}; lo must be ≤ hi`);
  }
  return op(x, lo, hi);
}

// Each branch passes on its own derivative: dx, dlo or dhi.
const [x, lo, hi] = [input(0), input(1), input(2)];
const op = definePointwise({ name: "clip", f: call("select", call("lt", x, lo), lo, call("select", call("gt", x, hi), hi, x)) });
