import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/**
 * λ·elu(x, α) entry by entry, λ ≈ 1.0507 and α ≈ 1.6733: mean 0 and variance 1 are a fixed point of a wide layer.
 * @remarks The derivative at 0 is taken as λα, that of the left branch. Klambauer et al., Self-Normalizing Neural Networks (2017), eq. 2.
 */
export function selu(x: Value): Value {
  return op(x);
}

// z = λx where x > 0, else λα(eˣ − 1)
const lambda = 1.0507009873554805;
const alpha = 1.6732632423543772;
const x = input(0);
const op = definePointwise({
  name: "selu",
  f: call("mul", lambda, call("select", call("le", x, 0), call("mul", alpha, call("expm1", x)), x)),
});
