import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { ValueLike } from "../lift.js";
import type { Value } from "../value.js";

/**
 * x where x > 0, slope·x elsewhere, entry by entry.
 * @param slope a number, default 0.01, or an array that broadcasts with x and may itself be learned
 * @remarks The derivative at 0 is taken as the slope. He et al., Delving Deep into Rectifiers (2015), eq. 1.
 */
export function leakyRelu(x: Value, slope: ValueLike = 0.01): Value {
  return op(x, slope);
}

// The slope is an argument of the formula, so one op serves every slope; ∂z/∂slope = min(x, 0).
const x = input(0);
const op = definePointwise({ name: "leakyRelu", f: call("select", call("le", x, 0), call("mul", input(1), x), x) });
