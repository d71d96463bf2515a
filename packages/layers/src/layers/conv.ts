import type { Layer } from "../layer.js";
import { type ConvolutionOptions, convolution } from "../parameterizations/convolution.js";
import { type ParametricOptions, parametric } from "./parametric.js";

/** The layer z = K(θ) y + b with K(θ) a convolution. Parameters: theta [...kernel, channelsIn/groups, channels], bias [channels]. */
export function conv(options: ConvolutionOptions & ParametricOptions): Layer {
  return parametric("conv", (inShape) => convolution(inShape, options), options);
}
