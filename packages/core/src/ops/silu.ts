import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** x σ(x) = x/(1 + e⁻ˣ) entry by entry (swish); 0 at −∞. */
export function silu(x: Value): Value {
  return op(x);
}

// dz = (σ + xσ(1 − σ)) dx; selected at −∞, where the product is −∞·0
const x = input(0);
const op = definePointwise({
  name: "silu",
  f: call("select", call("eq", x, Number.NEGATIVE_INFINITY), 0, call("mul", x, call("sigmoid", x))),
});
