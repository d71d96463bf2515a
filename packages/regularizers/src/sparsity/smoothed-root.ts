import { add, div, sqrt, type Value } from "@paramat/core";

/** √(s + ε²) − ε for s ≥ 0, as s/(√(s + ε²) + ε), which does not cancel where s ≪ ε². With s = x² it is a smoothed |x|, with s = ‖x‖² a smoothed norm. */
export function smoothedRoot(squares: Value, epsilon: number): Value {
  return div(squares, add(sqrt(add(squares, epsilon ** 2)), epsilon));
}

/** @throws RangeError unless ε is finite, and > 0 or, where 0 means the exact form, ≥ 0 */
export function requireEpsilon(op: string, epsilon: number, least: "positive" | "not negative"): void {
  if (!(epsilon < Number.POSITIVE_INFINITY && (least === "positive" ? epsilon > 0 : epsilon >= 0))) {
    throw new RangeError(`${op}: epsilon is ${epsilon}; it must be a finite number ${least === "positive" ? "> 0" : "≥ 0"}`);
  }
}
