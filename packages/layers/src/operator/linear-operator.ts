import type { Shape, Value } from "@paramat/core";
import type { Tag } from "../tag.js";

/** A fixed linear map A with its exact transpose: a wavelet transform, a restriction, an extension, K at one θ. Examples lie along axis 0. */
export interface LinearOperator {
  readonly name: string;
  readonly inShape: Shape;
  readonly outShape: Shape;
  readonly tags?: readonly Tag[];
  /** A y, for each example: [examples, ...inShape] to [examples, ...outShape]. */
  apply(y: Value): Value;
  /** Aᵀ z, for each example: [examples, ...outShape] to [examples, ...inShape]. */
  applyTranspose(z: Value): Value;
}
