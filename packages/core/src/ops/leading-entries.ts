import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import { stopGradient } from "../transforms/stop-gradient.js";
import type { Value } from "../value.js";
import { div } from "./div.js";
import { max } from "./max.js";
import { mul } from "./mul.js";
import { oneIfZero } from "./shifted-exp.js";
import { sub } from "./sub.js";
import { sum } from "./sum.js";

/**
 * 1 at the largest entry of x along the axes if none ties with it, and 0 elsewhere. A constant to every derivative, as it is
 * piecewise constant; 0 everywhere if the largest is infinite or NaN.
 */
export function soleLargest(x: Value, axes: number | readonly number[]): Value {
  const { at, count } = largestEntries(x, axes);
  return ifSole(at, count);
}

/**
 * v − ⟨p, v⟩ over `axes` for weights p = softmax x, as u − ⟨p, u⟩ with u = v − (v at the largest entry of x, the mean if several tie):
 * the same, since Σ p = 1 for every x.
 * @remarks At the largest entry u is exactly 0, and Σ over the others of p u stays, however close to 1 its own weight has come; v − ⟨p, v⟩
 * as written would be the difference of two almost equal numbers there.
 */
export function centered(v: Value, p: Value, x: Value, axes: number | readonly number[]): Value {
  const { at, count } = largestEntries(x, axes);
  const u = sub(v, div(sum(mul(at, v), { axes, keepAxes: true }), oneIfZero(count)));
  return sub(u, sum(mul(p, u), { axes, keepAxes: true }));
}

function largestEntries(x: Value, axes: number | readonly number[]): { readonly at: Value; readonly count: Value } {
  const free = stopGradient(x);
  const at = isLargest(free, max(free, { axes, keepAxes: true }));
  return { at, count: sum(at, { axes, keepAxes: true }) };
}

const [x, largest] = [input(0), input(1)];
// A NaN fails the comparison.
const isLargest = definePointwise({
  name: "isLargest",
  f: call("select", call("lt", call("abs", largest), Number.POSITIVE_INFINITY), call("eq", x, largest), 0),
});
const ifSole = definePointwise({ name: "ifSole", f: call("select", call("eq", input(1), 1), input(0), 0) });
