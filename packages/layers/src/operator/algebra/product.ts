import type { ParametricOperator } from "../parametric-operator.js";
import { combineOperators } from "./combine.js";
import { composeOperators } from "./compose-operators.js";
import { isParameterization, type Term, type ThetasOf } from "./term.js";

/**
 * K₁(θ₁) K₂(θ₂) …: the last one acts first. Linear in each θᵢ, not in all together, so it is not a parameterization. Fixed maps may stand among the
 * factors.
 * @returns a map whose parameters are the list [θ₁, θ₂, …], fixed maps left out
 * @throws ShapeError if there is no factor, or one does not take what the next one gives
 * @remarks All factors but the last start smaller by 1/√2, so that results have the variance that one factor would give.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { diagonalMatrix, product } from "@paramat/layers";
 * const K = product([diagonalMatrix(2), diagonalMatrix(2)]);
 * const theta = [ndarray(cpu(), [2, 3]), ndarray(cpu(), [5, 7])] as const;
 * K.apply(theta, ndarray(cpu(), [[1, 1]])).toNested(); // → [[10, 21]]
 */
export function product<const Factors extends readonly Term[]>(factors: Factors): ParametricOperator<ThetasOf<Factors>> {
  const last = factors.findLastIndex(isParameterization);
  const scale = (k: number) => (k === last ? 1 : Math.SQRT1_2);
  const K = combineOperators({ terms: factors, assemble: (maps) => composeOperators(...maps), scale });
  return K as ParametricOperator<ThetasOf<Factors>>;
}
