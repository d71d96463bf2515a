import { add, mul, type Tree, type Value, type ValueLike } from "@paramat/core";
import { type Regularizer, regularizer, requireStep, requireWeight } from "./regularizer.js";
import { mapSelected, type Selection, selectedLeaves } from "./selected-leaves.js";
import { times } from "./times.js";

export interface LeafSumDefinition {
  readonly name: string;
  readonly lambda: number;
  readonly selection: Selection;
  readonly isConvex?: boolean;
  readonly isSmooth?: boolean;
  readonly readsValues?: boolean;
  /** f(w), a scalar. */
  valueOf(leaf: Value): Value;
  /** prox of t·f at one leaf, t > 0. */
  proxOf?(leaf: Value, t: ValueLike): Value;
}

/**
 * R(W) = λ Σ f(w) over the selected leaves; prox_τ R is prox of τλf leaf by leaf.
 * @throws RangeError unless λ is finite and ≥ 0; TypeError (when applied) if no leaf is selected
 */
export function leafSum(definition: LeafSumDefinition): Regularizer {
  const { name, lambda, selection, isConvex = true, isSmooth = true, readsValues = false, valueOf, proxOf } = definition;
  requireWeight(name, lambda);
  const prox = <W extends Tree>(params: W, tau: ValueLike): W => {
    requireStep(name, tau);
    // The maps divide by t in places.
    if (lambda === 0) return params;
    const apply = proxOf as NonNullable<typeof proxOf>;
    return mapSelected(
      name,
      params,
      selection,
      (w) => apply(w, times(tau, lambda)),
      (w) => w,
    );
  };
  return regularizer({
    name,
    isConvex,
    isSmooth,
    readsValues,
    value: (params) =>
      mul(
        lambda,
        selectedLeaves(name, params, selection)
          .map(valueOf)
          .reduce((a, b) => add(a, b)),
      ),
    ...(proxOf && { prox }),
  });
}
