import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { ValueLike } from "../lift.js";
import type { Value } from "../value.js";

/**
 * x where x > 0, α(eˣ − 1) elsewhere, entry by entry.
 * @param alpha a number, default 1, or an array that broadcasts with x and may itself be learned
 * @remarks The derivative at 0 is taken as α, so with α = 1 it is continuous. Clevert, Unterthiner & Hochreiter, Fast and Accurate Deep Network
 * Learning by Exponential Linear Units (2016), eq. 15.
 */
export function elu(x: Value, alpha: ValueLike = 1): Value {
  return op(x, alpha);
}

// α is an argument of the formula, so one op serves every α; ∂z/∂α = e^{min(x, 0)} − 1.
const x = input(0);
const op = definePointwise({ name: "elu", f: call("select", call("le", x, 0), call("mul", input(1), call("expm1", x)), x) });
