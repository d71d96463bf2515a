import { div, maximum, mul, norm, normalizeAxis, square, sub, sum, type Value } from "@paramat/core";
import { leafSum } from "../leaf-sum.js";
import type { Regularizer } from "../regularizer.js";
import { times } from "../times.js";
import type { L1Options } from "./l1.js";
import { requireEpsilon, smoothedRoot } from "./smoothed-root.js";

export interface GroupNormOptions extends L1Options {
  /** Entries that differ along this axis are in different groups; default −1, the output channels of a stencil, the features of a classifier. */
  readonly axis?: number;
}

/**
 * R(W) = λ Σ_g √s ‖w_g‖₂, one group for each place along an axis, s entries in each: whole channels become 0 (Yuan & Lin 2006). The proximal map shrinks
 * a group by max(0, 1 − λτ√s/‖w_g‖). With ε > 0, ‖w_g‖ is √(‖w_g‖² + ε²) − ε, and there is no proximal map.
 * @throws RangeError unless λ and ε are finite and ≥ 0; TypeError (when applied) if no leaf is selected; ShapeError (when applied) if a leaf has no such
 * axis
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { groupNorm } from "@paramat/regularizers";
 * // Columns (3, 0, 4, 0) and (0, 1, 0, 0): 2 · 5 + 2 · 1
 * const W = ndarray(cpu("float64"), [[3, 0], [0, 1], [4, 0], [0, 0]]);
 * groupNorm()(W).item(); // → 12
 * groupNorm().prox(W, 1.25).toNested(); // → [[1.5, 0], [0, 0], [2, 0], [0, 0]]
 */
export function groupNorm(
  lambda: number,
  options: GroupNormOptions & { readonly epsilon?: 0 },
): Regularizer & Required<Pick<Regularizer, "prox">>;
export function groupNorm(lambda?: number): Regularizer & Required<Pick<Regularizer, "prox">>;
export function groupNorm(lambda?: number, options?: GroupNormOptions): Regularizer;
export function groupNorm(lambda = 1, options: GroupNormOptions = {}): Regularizer {
  const { epsilon = 0, axis = -1 } = options;
  const name = "groupNorm";
  requireEpsilon(name, epsilon, "not negative");
  const grouped = (w: Value) => {
    const at = normalizeAxis(name, axis, w.shape.length);
    const axes = w.shape.flatMap((_, a) => (a === at ? [] : [a]));
    return { axes, weight: Math.sqrt(w.size / Math.max(1, w.shape[at] as number)) };
  };
  return leafSum({
    name,
    lambda,
    selection: options,
    isSmooth: epsilon > 0,
    valueOf(w) {
      const { axes, weight } = grouped(w);
      const norms = epsilon === 0 ? norm(w, { axes }) : smoothedRoot(sum(square(w), { axes }), epsilon);
      return mul(sum(norms), weight);
    },
    ...(epsilon === 0 && {
      proxOf: (w, t) => {
        const { axes, weight } = grouped(w);
        const threshold = times(t, weight);
        return mul(w, sub(1, div(threshold, maximum(norm(w, { axes, keepAxes: true }), threshold))));
      },
    }),
  });
}
