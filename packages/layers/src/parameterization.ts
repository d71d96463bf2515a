import type { Backend } from "@paramat/backends";
import type { Rng, Shape, Value } from "@paramat/core";

/**
 * A structured linear map K(θ) = mat(Qθ), linear in θ ∈ Rᵖ, by the three contractions of the trilinear form t(θ, y, z) = ⟨z, K(θ) y⟩.
 * Examples lie along axis 0: y is [examples, ...inShape], z is [examples, ...outShape], θ is `thetaShape`.
 */
export interface Parameterization {
  readonly name: string;
  readonly thetaShape: Shape;
  /** p, the number of entries of θ. */
  readonly numParams: number;
  readonly inShape: Shape;
  readonly outShape: Shape;
  /** K(θ) y, for each example. Also the derivative in θ: (∂_θ K(θ)y)·dθ = `apply(dθ, y)`. */
  apply(theta: Value, y: Value): Value;
  /** K(θ)ᵀ z, for each example. */
  applyTranspose(theta: Value, z: Value): Value;
  /** Qᵀ vec(z yᵀ), summed over the examples: the gradient of ⟨z, K(θ)y⟩ in θ. */
  jacobianTranspose(y: Value, z: Value): Value;
  /** Initial θ for training. */
  init(rng: Rng, backend: Backend): Value;
}
