import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** eˣ entry by entry. */
export function exp(x: Value): Value {
  return expOp(x);
}

/** eˣ − 1 entry by entry, to full relative precision near 0. */
export function expm1(x: Value): Value {
  return expm1Op(x);
}

// z = eˣ: dz = z dx
const expOp = definePointwise({ name: "exp", f: call("exp", input(0)) });
// d(eˣ − 1) = eˣ dx
const expm1Op = definePointwise({ name: "expm1", f: call("expm1", input(0)) });
