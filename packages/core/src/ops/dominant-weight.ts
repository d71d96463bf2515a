import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";
import { mul } from "./mul.js";
import { sub } from "./sub.js";
import { sum } from "./sum.js";

/**
 * v − ⟨p, v⟩ over `axes` for weights p = softmax x, as u − ⟨p, u⟩ with u = v − (v at the dominant weight, 0 if there is none): the same,
 * since Σ p = 1 for every x.
 * @remarks There u is exactly 0, and what is left is Σ p u over the others, however close to 1 its own weight has come; v − ⟨p, v⟩
 * as written would be the difference of two almost equal numbers.
 */
export function centered(v: Value, p: Value, axes: number | readonly number[]): Value {
  const over = { axes, keepAxes: true };
  const u = sub(v, sum(ifDominant(p, v), over));
  return sub(u, sum(mul(p, u), over));
}

/**
 * ct − p Σ ct along `axis` for weights p = softmax x. As it sums to 0 for every x, the entry of the dominant weight is written as minus the sum of
 * the others, which keeps its digits where 1 − p would lose them.
 */
export function withoutShare(ct: Value, p: Value, axis: number): Value {
  const over = { axes: axis, keepAxes: true };
  const others = othersLess(ct, p, sum(ct, over));
  return balanced(others, p, sum(others, over));
}

// Dominant is a weight over ¾: at most one can be, also when rounded, and where none is 1 − p ≥ ¼ loses two bits at most.
const dominant = (p: number) => call("gt", input(p), 0.75);
const ifDominant = definePointwise({ name: "ifDominant", f: call("select", dominant(0), input(1), 0) });
// 0 at the dominant weight, ct − p S elsewhere
const othersLess = definePointwise({
  name: "othersLess",
  f: call("select", dominant(1), 0, call("sub", input(0), call("mul", input(1), input(2)))),
});
const balanced = definePointwise({ name: "balanced", f: call("select", dominant(1), call("neg", input(2)), input(0)) });
