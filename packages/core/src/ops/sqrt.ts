import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/**
 * √x entry by entry; NaN where x < 0.
 * @remarks √′(0) = ∞, so a zero cotangent there gives NaN. For the length of a vector use `norm`, whose derivative at 0 is 0.
 */
export function sqrt(x: Value): Value {
  return op(x);
}

// z = √x: dz = dx/(2z)
const op = definePointwise({ name: "sqrt", f: call("sqrt", input(0)) });
