import { greaterEqual, maximum, sum, where } from "@paramat/core";
import { leafSum } from "../leaf-sum.js";
import type { Regularizer } from "../regularizer.js";
import type { Selection } from "../selected-leaves.js";

/**
 * R(W) = 0 where W ≥ 0, else ∞ (for NaN too): the constraint as a function. It is of use through its proximal map, the projection max(W, 0) (for any τ); its gradient
 * is 0, which says nothing of the wall.
 * @throws TypeError (when applied) if no leaf is selected
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { nonNegativity } from "@paramat/regularizers";
 * nonNegativity().prox(ndarray(cpu(), [3, -4]), 1).toNested(); // → [3, 0]
 */
export function nonNegativity(selection: Selection = {}): Regularizer & Required<Pick<Regularizer, "prox">> {
  return leafSum({
    name: "nonNegativity",
    lambda: 1,
    selection,
    isSmooth: false,
    valueOf: (w) => sum(where(greaterEqual(w, 0), 0, Number.POSITIVE_INFINITY)),
    proxOf: (w) => maximum(w, 0),
  }) as Regularizer & Required<Pick<Regularizer, "prox">>;
}
