import type { Tree } from "@paramat/core";
import { linearOperator } from "../checked-operator.js";
import type { LinearOperator } from "../linear-operator.js";
import type { ParametricOperator } from "../parametric-operator.js";

/** y ↦ K(θ) y at one θ, as a fixed map. Derivatives in θ still pass through it. */
export function at<Theta extends Tree>(K: ParametricOperator<Theta>, theta: Theta): LinearOperator {
  return linearOperator({
    name: K.name,
    inShape: K.inShape,
    outShape: K.outShape,
    ...(K.tags && { tags: K.tags }),
    apply: (y) => K.apply(theta, y),
    applyTranspose: (z) => K.applyTranspose(theta, z),
  });
}
