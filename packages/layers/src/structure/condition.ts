import { div, type Tree, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import type { StructureOptions } from "./form-of.js";
import { extremeSingularValue } from "./singular-values.js";

/**
 * κ(K(θ)) = σ₁/σ_min, how much a solve may magnify relative errors; ∞ for a singular matrix (10¹⁶ or so where rounding hides it).
 * @returns scalar, ≥ 1
 * @throws ShapeError if K has no block form and is larger than 1024
 * @throws NotDifferentiableError when differentiated where either is 0 or not simple within its block
 */
export function condition<Theta extends Tree>(K: ParametricOperator<Theta>, theta: Theta, options: StructureOptions = {}): Value {
  const largest = extremeSingularValue("condition", K, theta, "largest", options);
  return div(largest, extremeSingularValue("condition", K, theta, "smallest", options));
}
