import { call, constant, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import { stopGradient } from "../transforms/stop-gradient.js";
import type { Value } from "../value.js";
import { max } from "./max.js";

/**
 * max x over `axes` (kept as size 1), or 0 where that is infinite or NaN: what exponentials subtract, so that the largest is e⁰ and
 * ∞ − ∞ does not arise. A constant to every derivative.
 */
export function finiteShift(x: Value, axes: number | readonly number[]): Value {
  return finiteOrZero(max(stopGradient(x), { axes, keepAxes: true }));
}

/** e^{x − shift} entry by entry in one pass, with broadcasting. */
export function shiftedExp(x: Value, shift: Value): Value {
  return shiftedExpOp(x, shift);
}

/** Σ of shifted exponentials as a divisor: it is ≥ 1 unless every entry is −∞, and 1 stands in for the 0 it is then. */
export function oneIfZero(total: Value): Value {
  return oneIfZeroOp(total);
}

const x = input(0);
// A NaN fails the comparison.
const finiteOrZero = definePointwise({
  name: "finiteOrZero",
  f: call("select", call("lt", call("abs", x), Number.POSITIVE_INFINITY), x, 0),
});
// z = e^{x − s}: dz = z (dx − ds)
const shiftedExpOp = definePointwise({ name: "shiftedExp", f: call("exp", call("sub", x, input(1))) });
const oneIfZeroOp = definePointwise({ name: "oneIfZero", f: call("select", call("eq", x, 0), constant(1), x) });
