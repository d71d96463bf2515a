import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** x/(1 + |x|) entry by entry, in (−1, 1). */
export function softsign(x: Value): Value {
  return op(x);
}

// dz = (1 − |z|)/(1 + |x|) dx = dx/(1 + |x|)²
const x = input(0);
const op = definePointwise({ name: "softsign", f: call("div", x, call("add", 1, call("abs", x))) });
