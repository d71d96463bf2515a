import type { Parameterization } from "../../parameterization.js";
import type { LinearOperator } from "../linear-operator.js";
import type { ParametricOperator } from "../parametric-operator.js";
import { combineOperators, combineParameterizations } from "./combine.js";
import type { JoinedParameterization } from "./joined-parameters.js";
import { sumOperators } from "./sum-operators.js";
import { isParameterization, isParametric, type Term, type ThetasOf } from "./term.js";

/**
 * K₁(θ₁) + K₂(θ₂) + …; fixed maps may stand among the terms and become part of A₀.
 * @returns a parameterization where all terms with parameters are; θ is theirs one after the other, each flattened (`split` takes it apart), or that of
 * the only one. Otherwise, as with a low-rank term, the parameters are a list in the order of the terms
 * @throws ShapeError if there is no term, or the shapes differ
 * @remarks Terms start smaller by 1/√(terms with parameters), so that results have the variance that one term would give.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { antisymmetricMatrix, diagonalMatrix, plus, toDense } from "@paramat/layers";
 * toDense(plus(diagonalMatrix(2), antisymmetricMatrix(2)), ndarray(cpu(), [1, 2, 3])).toNested(); // → [[1, 3], [-3, 2]]
 */
export function plus(...terms: readonly LinearOperator[]): LinearOperator;
export function plus(...terms: readonly (Parameterization | LinearOperator)[]): JoinedParameterization;
export function plus<Terms extends readonly Term[]>(...terms: Terms): ParametricOperator<ThetasOf<Terms>>;
export function plus(...terms: readonly Term[]): Term {
  const parametric = terms.filter(isParametric);
  if (parametric.length === 0) return sumOperators(...(terms as readonly LinearOperator[]));
  const scale = () => 1 / Math.sqrt(parametric.length);
  const combination = { terms, assemble: (maps: readonly LinearOperator[]) => sumOperators(...maps), scale };
  if (!parametric.every(isParameterization)) return combineOperators(combination);
  // ⟨z, (K₁ + K₂)y⟩ = ⟨z, K₁y⟩ + ⟨z, K₂y⟩
  return combineParameterizations({ ...combination, share: (_k, y, z) => [y, z] });
}
