import { broadcastTo, reshape, type Shape, sizeOf, transpose } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import { checkedForm } from "../plugin/checked-contractions.js";
import type { Rediscretizable } from "../stencils/rediscretize.js";
import { identityForm } from "../structure/identity-form.js";
import { type ConvolutionOptions, convolution } from "./convolution.js";

export type PointwiseOptions = Pick<ConvolutionOptions, "channels" | "stride" | "groups">;

/**
 * The 1×1 convolution: channels are mixed at each point by itself, z_i = θᵀ y_i (lecture, "The Width of a CNN", with stencils of one number).
 * @param inShape [...grid, channels]
 * @returns θ is [1 for each axis, channelsIn/groups, channels]; without stride and groups K(θ) is the same small matrix at every point (`blockForm`)
 * @throws ShapeError if the options do not fit the grid
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { pointwiseConvolution } from "@paramat/layers";
 * const K = pointwiseConvolution([2, 2], { channels: 1 });
 * K.apply(ndarray(cpu(), [1, 10], [1, 2, 1]), ndarray(cpu(), [[[1, 2], [3, 4]]])).toNested(); // → [[[21], [43]]]
 */
export function pointwiseConvolution(inShape: Shape, options: PointwiseOptions): Parameterization & Rediscretizable {
  const K = convolution(inShape, { ...options, kernel: 1 });
  const [numIn, numOut] = K.thetaShape.slice(-2) as [number, number];
  const points = sizeOf(inShape.slice(0, -1));
  const everywhere = (options.groups ?? 1) === 1 && sizeOf(K.outShape.slice(0, -1)) === points;
  const named = { ...K, name: "pointwiseConvolution" };
  const form = () =>
    identityForm(inShape, K.outShape, points, (theta) => broadcastTo(transpose(reshape(theta, [numIn, numOut])), [points, numOut, numIn]));
  return {
    ...named,
    ...(everywhere && { blockForm: checkedForm(named, form()) }),
    rediscretize: (theta) => theta,
  };
}
