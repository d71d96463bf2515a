import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { ValueLike } from "../lift.js";
import type { Value } from "../value.js";

/**
 * a / b entry by entry, with broadcasting.
 * @remarks As in IEEE arithmetic a/0 is ±∞ and 0/0 is NaN, in the value as in the derivatives.
 */
export function div(a: ValueLike, b: ValueLike): Value {
  return op(a, b);
}

// z = a/b: ∂z/∂a = 1/b, ∂z/∂b = −z/b
const op = definePointwise({ name: "div", f: call("div", input(0), input(1)) });
