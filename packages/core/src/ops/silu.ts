import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** x σ(x) = x/(1 + e⁻ˣ) entry by entry (swish). */
export function silu(x: Value): Value {
  return op(x);
}

// dz = (σ + xσ(1 − σ)) dx
const x = input(0);
const op = definePointwise({ name: "silu", f: call("mul", x, call("sigmoid", x)) });
