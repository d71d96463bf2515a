import { call, constant, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import { stopGradient } from "../transforms/stop-gradient.js";
import type { Value } from "../value.js";
import { add } from "./add.js";
import { equal } from "./comparisons.js";
import { log1p } from "./logarithm.js";
import { max } from "./max.js";
import { sub } from "./sub.js";
import { sum } from "./sum.js";

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

/**
 * log Σ e^{x − shift} over `axes` (kept as size 1) for shift = `finiteShift(x, axes)`; −∞ if all of x is.
 * @remarks As log1p of the sum without one largest entry, which is e⁰: entries far below it still count, where 1 + e⁻⁴⁰ would round to 1.
 */
export function logShiftedSum(x: Value, shift: Value, axes: number | readonly number[]): Value {
  const below = sum(expUnlessLargest(x, shift), { axes, keepAxes: true });
  const othersTied = sub(sum(equal(x, shift), { axes, keepAxes: true }), 1);
  return log1p(add(below, othersTied));
}

const x = input(0);
const shift = input(1);
// A NaN fails the comparison.
const finiteOrZero = definePointwise({
  name: "finiteOrZero",
  f: call("select", call("lt", call("abs", x), Number.POSITIVE_INFINITY), x, 0),
});
// z = e^{x − s}: dz = z (dx − ds)
const shiftedExpOp = definePointwise({ name: "shiftedExp", f: call("exp", call("sub", x, shift)) });
const expUnlessLargest = definePointwise({
  name: "expUnlessLargest",
  f: call("select", call("eq", x, shift), 0, call("exp", call("sub", x, shift))),
});
const oneIfZeroOp = definePointwise({ name: "oneIfZero", f: call("select", call("eq", x, 0), constant(1), x) });
