import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** The logistic function 1/(1 + e⁻ˣ) entry by entry, in [0, 1]; nothing overflows. */
export function sigmoid(x: Value): Value {
  return op(x);
}

// z = σ(x): dz = z(1 − z) dx
const op = definePointwise({ name: "sigmoid", f: call("sigmoid", input(0)) });
