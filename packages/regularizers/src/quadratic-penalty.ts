import { add, grad, mul, sum, type Tree, type Value, zeros, zipLeaves } from "@paramat/core";
import { type Penalty, type Regularizer, type RegularizerDefinition, regularizer, requireWeight } from "./regularizer.js";
import { mapSelected, type Selection, selectedLeaves } from "./selected-leaves.js";

export interface QuadraticDefinition extends Pick<RegularizerDefinition, "name" | "prox" | "solveShifted" | "diagonalHessian"> {
  readonly lambda: number;
  readonly selection: Selection;
  /** L₁w, L₂w, … for one leaf, each Lᵢ linear. */
  imagesOf(leaf: Value): readonly Value[];
  /** Σᵢ LᵢᵀLᵢ w; by differentiation if left out. */
  normalOf?(leaf: Value): Value;
}

/**
 * R(W) = ½λ Σ‖Lᵢ w‖² over the selected leaves: ∇R = λ Σ LᵢᵀLᵢ w, and ∇²R v is the gradient at v.
 * @throws RangeError unless λ is finite and ≥ 0; TypeError (when applied) if no leaf is selected
 */
export function quadraticPenalty(definition: QuadraticDefinition): Regularizer {
  const { name, lambda, selection, imagesOf, normalOf, prox, solveShifted, diagonalHessian } = definition;
  requireWeight(name, lambda);
  const value: Penalty = (params) => {
    const squares = selectedLeaves(name, params, selection).flatMap((w) => imagesOf(w).map((image) => sum(mul(image, image))));
    return mul(
      lambda / 2,
      squares.reduce((a, b) => add(a, b)),
    );
  };
  const gradient = <W extends Tree>(params: W): W =>
    normalOf
      ? mapSelected(
          name,
          params,
          selection,
          (w) => mul(lambda, normalOf(w)),
          (w) => zeros(w.backend, w.shape),
        )
      : grad((at: W) => value(at))(params);
  const hessianApply = <W extends Tree>(params: W, v: W): W => {
    zipLeaves(`${name}.hessianApply`, params, v);
    return gradient(v);
  };
  return regularizer({
    name,
    value,
    gradient,
    hessianApply,
    ...(prox && { prox }),
    ...(solveShifted && { solveShifted }),
    ...(diagonalHessian && { diagonalHessian }),
  });
}
