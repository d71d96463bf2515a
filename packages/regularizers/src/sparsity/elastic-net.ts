import { abs, add, div, mul, square, sum } from "@paramat/core";
import { leafSum } from "../leaf-sum.js";
import type { Regularizer } from "../regularizer.js";
import { times } from "../times.js";
import type { L1Options } from "./l1.js";
import { requireEpsilon, smoothedRoot } from "./smoothed-root.js";
import { softThreshold } from "./soft-threshold.js";

export interface ElasticNetOptions extends L1Options {
  /** ρ in 0 … 1, the share of ℓ1; default 0.5. */
  readonly share?: number;
}

/**
 * R(W) = λ Σ(ρ|w| + ½(1 − ρ)w²), few entries ≠ 0 and none large (Zou & Hastie 2005). Its proximal map is the soft threshold at λτρ, divided by
 * 1 + λτ(1 − ρ). With ε > 0, |w| is √(w² + ε²) − ε, and there is no proximal map.
 * @throws RangeError unless λ and ε are finite and ≥ 0 and ρ is in 0 … 1; TypeError (when applied) if no leaf is selected
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { elasticNet } from "@paramat/regularizers";
 * const W = ndarray(cpu("float64"), [4, -1]);
 * elasticNet(2)(W).item(); // → 13.5
 * elasticNet(2).prox(W, 1).toNested(); // → [1.5, 0]
 */
export function elasticNet(
  lambda: number,
  options: ElasticNetOptions & { readonly epsilon?: 0 },
): Regularizer & Required<Pick<Regularizer, "prox">>;
export function elasticNet(lambda?: number): Regularizer & Required<Pick<Regularizer, "prox">>;
export function elasticNet(lambda?: number, options?: ElasticNetOptions): Regularizer;
export function elasticNet(lambda = 1, options: ElasticNetOptions = {}): Regularizer {
  const { epsilon = 0, share = 0.5 } = options;
  const name = "elasticNet";
  requireEpsilon(name, epsilon, "not negative");
  if (!(share >= 0 && share <= 1)) throw new RangeError(`${name}: share is ${share}; it must be a number from 0 to 1`);
  return leafSum({
    name,
    lambda,
    selection: options,
    isSmooth: epsilon > 0 || share === 0,
    valueOf(w) {
      const size = epsilon === 0 ? abs(w) : smoothedRoot(square(w), epsilon);
      return sum(add(mul(size, share), mul(square(w), (1 - share) / 2)));
    },
    ...(epsilon === 0 && {
      proxOf: (w, t) => {
        const shrink = times(t, 1 - share);
        return div(softThreshold(w, times(t, share)), typeof shrink === "number" ? 1 + shrink : add(1, shrink));
      },
    }),
  });
}
