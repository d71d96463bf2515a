import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/**
 * x Φ(x) = x (1 + erf(x/√2))/2 entry by entry, Φ the normal distribution function: exact, not the tanh approximation; 0 at −∞.
 * @remarks Hendrycks & Gimpel, Gaussian Error Linear Units (2016).
 */
export function gelu(x: Value): Value {
  return op(x);
}

// dz = (Φ(x) + x φ(x)) dx, φ the normal density; selected at −∞, where the product is −∞·0
const x = input(0);
const op = definePointwise({
  name: "gelu",
  f: call(
    "select",
    call("eq", x, Number.NEGATIVE_INFINITY),
    0,
    call("mul", x, call("mul", 0.5, call("add", 1, call("erf", call("mul", Math.SQRT1_2, x))))),
  ),
});
