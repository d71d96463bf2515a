import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** 1/x entry by entry; ±∞ at ±0. */
export function reciprocal(x: Value): Value {
  return op(x);
}

// z = 1/x: dz = −z/x · dx
const op = definePointwise({ name: "reciprocal", f: call("div", 1, input(0)) });
