import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { ValueLike } from "../lift.js";
import { stopGradient } from "../transforms/stop-gradient.js";
import type { Value } from "../value.js";

/**
 * a where condition ≠ 0, else b, entry by entry, with broadcasting.
 * @param condition 1 or 0, say from `less`; NaN counts as ≠ 0
 * @remarks The derivative of the branch not taken does no harm, be it infinite or NaN, as long as a and b themselves were computed without it:
 * in where(greater(x, 0), sqrt(x), 0) the gradient at x = 0 meets √′(0)·0 = NaN. Guard the argument, sqrt(where(…, x, 1)), instead.
 */
export function where(condition: ValueLike, a: ValueLike, b: ValueLike): Value {
  // A condition is piecewise constant, so no tape need see it.
  return op(typeof condition === "number" ? condition : stopGradient(condition), a, b);
}

// dz = da where the condition holds, else db
const op = definePointwise({ name: "where", f: call("select", input(0), input(1), input(2)) });
