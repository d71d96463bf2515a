import { mul, square, type Value } from "@paramat/core";
import { operatorNorm, type ParametricOperator } from "@paramat/layers";
import { leafSum } from "../leaf-sum.js";
import type { Regularizer } from "../regularizer.js";
import type { Selection } from "../selected-leaves.js";

/**
 * R(θ) = ½λ ‖K(θ)‖₂², half the square of the largest singular value, by K's block form or its dense matrix (Yoshida & Miyato 2017, there by the power
 * method): layers that do not magnify what they are given. Convex for K linear in θ.
 * @param K each selected leaf is a θ of it
 * @throws RangeError unless λ is finite and ≥ 0; TypeError (when applied) if no leaf is selected; ShapeError (when applied) if K has no block form and is
 * larger than 1024; NotDifferentiableError (when differentiated) where the largest singular value is 0, or not simple within its block
 * @remarks Reads values to find the largest, and cannot be compiled. Where two frequencies tie, the gradient is that of one of them, a subgradient.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { diagonalMatrix } from "@paramat/layers";
 * import { operatorNormPenalty } from "@paramat/regularizers";
 * operatorNormPenalty(diagonalMatrix(2))(ndarray(cpu(), [3, -4])).item(); // → 8
 */
export function operatorNormPenalty(K: ParametricOperator<Value>, lambda = 1, selection: Selection = {}): Regularizer {
  return leafSum({
    name: "operatorNormPenalty",
    lambda,
    selection,
    isSmooth: false,
    readsValues: true,
    valueOf: (theta) => mul(0.5, square(operatorNorm(K, theta))),
  });
}
