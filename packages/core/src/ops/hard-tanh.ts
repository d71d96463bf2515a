import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** x limited to [−1, 1] entry by entry. The derivative is 1 on the closed interval and 0 outside; NaN stays NaN, with derivative 1. */
export function hardTanh(x: Value): Value {
  return op(x);
}

// Selected rather than written with min and max, whose derivatives at the ties would be ½.
const x = input(0);
const op = definePointwise({ name: "hardTanh", f: call("select", call("lt", x, -1), -1, call("select", call("gt", x, 1), 1, x)) });
