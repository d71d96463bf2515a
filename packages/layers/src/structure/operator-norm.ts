import type { Tree, Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import type { StructureOptions } from "./form-of.js";
import { extremeSingularValue } from "./singular-values.js";

/**
 * ‖K(θ)‖₂ = σ₁, the largest factor by which K(θ) lengthens a vector. Differentiable in θ where σ₁ is simple within its block.
 * @returns scalar
 * @throws ShapeError if K has no block form and is larger than 1024; `estimateNorm` needs no matrix
 * @throws NotDifferentiableError when differentiated where σ₁ is 0 or coincides with σ₂ of its block
 */
export function operatorNorm<Theta extends Tree>(K: ParametricOperator<Theta>, theta: Theta, options: StructureOptions = {}): Value {
  return extremeSingularValue("operatorNorm", K, theta, "largest", options);
}
