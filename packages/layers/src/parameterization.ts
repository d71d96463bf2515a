import type { Backend } from "@paramat/backends";
import type { Rng, Shape, Value } from "@paramat/core";
import type { Constraint } from "./constraint.js";
import type { PathChoice } from "./fourier/by-path.js";
import type { LinearOperator } from "./operator/linear-operator.js";
import type { ParametricOperator } from "./operator/parametric-operator.js";

/**
 * A structured linear map K(θ) = mat(Qθ), linear in θ ∈ Rᵖ, by the three contractions of the trilinear form t(θ, y, z) = ⟨z, K(θ) y⟩.
 * Examples lie along axis 0: y is [examples, ...inShape], z is [examples, ...outShape], θ is `thetaShape`.
 */
export interface Parameterization extends ParametricOperator<Value> {
  readonly thetaShape: Shape;
  /** p, the number of entries of θ. */
  readonly numParams: number;
  /** K(θ) y, for each example. Also the derivative in θ: (∂_θ K(θ)y)·dθ = `apply(dθ, y)`, less the fixed part. */
  apply(theta: Value, y: Value): Value;
  /** K(θ)ᵀ z, for each example. */
  applyTranspose(theta: Value, z: Value): Value;
  /** Qᵀ vec(z yᵀ), summed over the examples: the gradient of ⟨z, K(θ)y⟩ in θ. */
  jacobianTranspose(y: Value, z: Value): Value;
  /** Initial θ for training; it meets the constraint. */
  init(rng: Rng, backend: Backend): Value;
  /** A₀ where K(θ) = A₀ + mat(Qθ), included in `apply` and `applyTranspose`; most have none. */
  readonly fixedPart?: LinearOperator;
  /** How products can be computed, where there is a choice; `explain` prints it. */
  readonly paths?: PathChoice;
  /** The θ for which K(θ) is what its name promises. */
  readonly constraint?: Constraint;
}
