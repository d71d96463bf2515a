import type { Shape } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { type NamedParams, namedProduct } from "../stencils/named-product.js";
import type { Rediscretizable } from "../stencils/rediscretize.js";
import { type DepthwiseOptions, depthwiseConvolution } from "./depthwise-convolution.js";
import { pointwiseConvolution } from "./pointwise-convolution.js";

export interface DepthwiseSeparableOptions extends DepthwiseOptions {
  /** Channels of the result. */
  readonly channels: number;
}

/** `depthwise` [...kernel, 1, channelsIn·multiplier] and `pointwise` [1, …, channelsIn·multiplier, channels]. */
export type DepthwiseSeparableParams = NamedParams;

/**
 * Each channel filtered by itself, then channels mixed at each point: K = K_pointwise(θ₂) ∘ K_depthwise(θ₁) (Howard et al., "MobileNets", 2017, §3.1).
 * It is the convolution with θ^{oc} = Σ_k θ₂^{o,cm+k} θ₁^{ck} with m stencils for each channel; linear in each of θ₁ and θ₂, not in both.
 * @param inShape [...grid, channels]
 * @throws ShapeError if the options do not fit the grid
 * @example
 * import { depthwiseSeparableConvolution } from "@paramat/layers";
 * depthwiseSeparableConvolution([8, 8, 16], { channels: 32, kernel: 3 }).numParams; // → 656
 */
export function depthwiseSeparableConvolution(
  inShape: Shape,
  options: DepthwiseSeparableOptions,
): ParametricOperator<DepthwiseSeparableParams> & Rediscretizable<DepthwiseSeparableParams> {
  const { channels, ...rest } = options;
  const depthwise = depthwiseConvolution(inShape, rest);
  const pointwise = pointwiseConvolution(depthwise.outShape, { channels });
  return namedProduct("depthwiseSeparableConvolution", [
    { name: "depthwise", K: depthwise, rediscretize: depthwise.rediscretize },
    { name: "pointwise", K: pointwise, rediscretize: pointwise.rediscretize },
  ]);
}
