import type { Shape } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import { type Rediscretizable, rediscretize } from "../stencils/rediscretize.js";
import { type ConvolutionOptions, convolution } from "./convolution.js";

export interface DepthwiseOptions extends Omit<ConvolutionOptions, "channels" | "groups"> {
  /** Stencils for each channel, so many channels of the result for each of the input. Default 1. */
  readonly multiplier?: number;
}

/**
 * Convolution of each channel by itself: K(θ) is block diagonal, z^{cm + k} = K(θ^{ck}) y^c with `multiplier` m stencils for each channel.
 * @param inShape [...grid, channels]
 * @returns θ is [...kernel, 1, channels·multiplier]
 * @throws ShapeError if the options do not fit the grid
 * @example
 * import { depthwiseConvolution } from "@paramat/layers";
 * depthwiseConvolution([8, 8, 16], { kernel: 3 }).numParams; // → 144
 */
export function depthwiseConvolution(inShape: Shape, options: DepthwiseOptions): Parameterization & Rediscretizable {
  const { multiplier = 1, ...rest } = options;
  const groups = inShape.at(-1) as number;
  return { ...convolution(inShape, { ...rest, channels: groups * multiplier, groups }), name: "depthwiseConvolution", rediscretize };
}
