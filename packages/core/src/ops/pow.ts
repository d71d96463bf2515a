import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { ValueLike } from "../lift.js";
import type { Value } from "../value.js";

/**
 * aᵇ entry by entry, with broadcasting; differentiable in both.
 * @param a any sign where b is an integer; otherwise a ≥ 0, and NaN below
 * @remarks At a = 0: a⁰ = 1 with derivative 0 in a, ∂aᵇ/∂a is b·0^{b−1} (∞ for 0 < b < 1), and ∂aᵇ/∂b is taken as 0.
 * Where a < 0 the derivative in b does not exist, and is NaN. Exponents 2, 3 and −1 are products and a quotient.
 */
export function pow(a: ValueLike, b: ValueLike): Value {
  return op(a, b);
}

// z = aᵇ: ∂z/∂a = b a^{b−1}, ∂z/∂b = z log a
const op = definePointwise({ name: "pow", f: call("pow", input(0), input(1)) });
