import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** log(1 + eˣ) entry by entry, a smooth max(x, 0); nothing overflows. */
export function softplus(x: Value): Value {
  return op(x);
}

// d log(1 + eˣ) = σ(x) dx
const op = definePointwise({ name: "softplus", f: call("softplus", input(0)) });
