import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** log x (natural) entry by entry; −∞ at 0, NaN where x < 0. */
export function log(x: Value): Value {
  return logOp(x);
}

/** log(1 + x) entry by entry, to full relative precision near 0; −∞ at −1, NaN where x < −1. */
export function log1p(x: Value): Value {
  return log1pOp(x);
}

// d log x = dx/x
const logOp = definePointwise({ name: "log", f: call("log", input(0)) });
// d log(1 + x) = dx/(1 + x)
const log1pOp = definePointwise({ name: "log1p", f: call("log1p", input(0)) });
