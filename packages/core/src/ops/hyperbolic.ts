import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** sinh x = (eˣ − e⁻ˣ)/2 entry by entry. */
export function sinh(x: Value): Value {
  return sinhOp(x);
}

/** cosh x = (eˣ + e⁻ˣ)/2 entry by entry. */
export function cosh(x: Value): Value {
  return coshOp(x);
}

/** tanh x entry by entry, in [−1, 1]. */
export function tanh(x: Value): Value {
  return tanhOp(x);
}

// d sinh x = cosh x dx
const sinhOp = definePointwise({ name: "sinh", f: call("sinh", input(0)) });
// d cosh x = sinh x dx
const coshOp = definePointwise({ name: "cosh", f: call("cosh", input(0)) });
// z = tanh x: dz = (1 − z²) dx
const tanhOp = definePointwise({ name: "tanh", f: call("tanh", input(0)) });
