import { abs, add, div, maximum, minimum, mul, square, sub, sum } from "@paramat/core";
import { leafSum } from "../leaf-sum.js";
import type { Regularizer } from "../regularizer.js";
import type { Selection } from "../selected-leaves.js";
import { requireEpsilon } from "./smoothed-root.js";

export interface HuberOptions extends Selection {
  /** Where the square goes over into the straight line; default 0.01. */
  readonly epsilon?: number;
}

/**
 * R(W) = λ Σ h(w), h = w²/(2ε) for |w| ≤ ε, |w| − ε/2 beyond: |w| smoothed as its Moreau envelope (Huber 1964), with one continuous derivative. Its proximal
 * map is w (1 − λτ/max(|w|, λτ + ε)).
 * @throws RangeError unless λ is finite and ≥ 0 and ε finite and > 0; TypeError (when applied) if no leaf is selected
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { huber } from "@paramat/regularizers";
 * huber(1, { epsilon: 2 })(ndarray(cpu("float64"), [3, 1])).item(); // → 2.25
 */
export function huber(lambda = 1, options: HuberOptions = {}): Regularizer & Required<Pick<Regularizer, "prox">> {
  const { epsilon = 0.01 } = options;
  requireEpsilon("huber", epsilon, "positive");
  return leafSum({
    name: "huber",
    lambda,
    selection: options,
    isSmooth: false,
    // With m = min(|w|, ε): m²/(2ε) + |w| − m is h on both sides.
    valueOf(w) {
      const size = abs(w);
      const near = minimum(size, epsilon);
      return sum(add(mul(square(near), 1 / (2 * epsilon)), sub(size, near)));
    },
    proxOf: (w, t) => mul(w, sub(1, div(t, maximum(abs(w), typeof t === "number" ? t + epsilon : add(t, epsilon))))),
  }) as Regularizer & Required<Pick<Regularizer, "prox">>;
}
