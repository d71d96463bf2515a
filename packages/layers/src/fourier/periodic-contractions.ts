import type { Value } from "@paramat/core";
import { periodicConvolve } from "./periodic-convolve.js";
import type { PeriodicShape } from "./periodic-form.js";

/** The three contractions of a parameterization. */
export interface ThreeContractions {
  apply(theta: Value, y: Value): Value;
  applyTranspose(theta: Value, z: Value): Value;
  jacobianTranspose(y: Value, z: Value): Value;
}

/** The linear map from parameters to the first column κ = K(θ)u₁ of a periodic convolution, [...grid, channelsIn, groups·channelsOut]. */
export interface FirstColumn {
  apply(theta: Value): Value;
  applyTranspose(column: Value): Value;
}

/** K(θ) = F* diag(F κ(θ)) F by three fast Fourier forms: K y, Kᵀ z, and the correlation of z with y read where θ stands in κ. */
export function periodicContractions(shape: PeriodicShape, column: FirstColumn): ThreeContractions {
  const sizes = (examples: Value) => ({ ...shape, examples: examples.shape[0] as number });
  return {
    apply: (theta, y) => periodicConvolve.apply(column.apply(theta), y, sizes(y)),
    applyTranspose: (theta, z) => periodicConvolve.applyTranspose(column.apply(theta), z, sizes(z)),
    jacobianTranspose: (y, z) => column.applyTranspose(periodicConvolve.jacobianTranspose(y, z, sizes(y))),
  };
}
