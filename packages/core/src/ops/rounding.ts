import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** ⌊x⌋ entry by entry; its derivative is taken as 0 everywhere. */
export function floor(x: Value): Value {
  return floorOp(x);
}

/** ⌈x⌉ entry by entry; its derivative is taken as 0 everywhere. */
export function ceil(x: Value): Value {
  return ceilOp(x);
}

/** The integer nearest to x entry by entry, halves towards +∞; its derivative is taken as 0 everywhere. */
export function round(x: Value): Value {
  return roundOp(x);
}

/** −1, 0 or 1 entry by entry: the sign of x; its derivative is taken as 0 everywhere. */
export function sign(x: Value): Value {
  return signOp(x);
}

// All are piecewise constant.
const floorOp = definePointwise({ name: "floor", f: call("floor", input(0)) });
const ceilOp = definePointwise({ name: "ceil", f: call("ceil", input(0)) });
const roundOp = definePointwise({ name: "round", f: call("round", input(0)) });
const signOp = definePointwise({ name: "sign", f: call("sign", input(0)) });
