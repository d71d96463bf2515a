import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** x/(1 + |x|) entry by entry, in (−1, 1); ±1 at ±∞. */
export function softsign(x: Value): Value {
  return op(x);
}

// dz = (1 − |z|)/(1 + |x|) dx = dx/(1 + |x|)²; selected at ±∞, where the quotient is ∞/∞
const x = input(0);
const op = definePointwise({
  name: "softsign",
  f: call("select", call("eq", call("abs", x), Number.POSITIVE_INFINITY), call("sign", x), call("div", x, call("add", 1, call("abs", x)))),
});
