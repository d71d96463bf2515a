import { abs, square, sum } from "@paramat/core";
import { leafSum } from "../leaf-sum.js";
import type { Regularizer } from "../regularizer.js";
import type { Selection } from "../selected-leaves.js";
import { requireEpsilon, smoothedRoot } from "./smoothed-root.js";
import { softThreshold } from "./soft-threshold.js";

export interface L1Options extends Selection {
  /** Entries well below it count as squares; 0, the default, for |w| itself. */
  readonly epsilon?: number;
}

/**
 * R(W) = λ Σ|w|, which asks for few entries ≠ 0: the exact form, with the soft threshold sign(w) max(|w| − λτ, 0) as its proximal map, and 0 for the
 * slope at w = 0. With ε > 0 the smoothed λ Σ(√(w² + ε²) − ε), which has all derivatives and is within λε of it for each entry; its proximal map is the
 * root of a quartic and is left out (`huber` has both).
 * @throws RangeError unless λ and ε are finite and ≥ 0; TypeError (when applied) if no leaf is selected
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { l1 } from "@paramat/regularizers";
 * const W = ndarray(cpu("float64"), [3, -0.5]);
 * l1(2)(W).item(); // → 7
 * l1(2).prox(W, 0.5).toNested(); // → [2, 0]
 */
export function l1(lambda: number, options: L1Options & { readonly epsilon?: 0 }): Regularizer & Required<Pick<Regularizer, "prox">>;
export function l1(lambda?: number): Regularizer & Required<Pick<Regularizer, "prox">>;
export function l1(lambda?: number, options?: L1Options): Regularizer;
export function l1(lambda = 1, options: L1Options = {}): Regularizer {
  const { epsilon = 0 } = options;
  requireEpsilon("l1", epsilon, "not negative");
  if (epsilon === 0) {
    return leafSum({ name: "l1", lambda, selection: options, isSmooth: false, valueOf: (w) => sum(abs(w)), proxOf: softThreshold });
  }
  return leafSum({ name: "l1", lambda, selection: options, valueOf: (w) => sum(smoothedRoot(square(w), epsilon)) });
}
