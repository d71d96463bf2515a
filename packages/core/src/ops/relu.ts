import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** max(x, 0) entry by entry. The derivative at 0 is taken as 0; NaN stays NaN, and the derivative there is taken as 1. */
export function relu(x: Value): Value {
  return op(x);
}

// Selected by x ≤ 0 rather than written max(x, 0), whose derivative at the tie would be ½.
const x = input(0);
const op = definePointwise({ name: "relu", f: call("select", call("le", x, 0), 0, x) });
