import { type Shape, sameShape, type Value } from "@paramat/core";
import { cosineForm } from "../fourier/cosine-form.js";
import type { Parameterization } from "../parameterization.js";
import type { ConvolutionOptions } from "../parameterizations/convolution.js";
import type { BlockForm } from "../structure/block-form.js";
import { isReflected } from "./stencil-tags.js";

/**
 * K = Cᵀ diag(B_k) C by the cosine transform, where every stencil of the space is even in each axis, every boundary is symmetric and there is no stride
 * (`cosineForm`); undefined elsewhere.
 * @param K the convolution with free stencils
 * @param stencilOf η to θ
 */
export function evenForm(
  K: Parameterization,
  options: ConvolutionOptions,
  stencils: readonly (readonly number[])[],
  stencilOf: (eta: Value) => Value,
): BlockForm | undefined {
  const kernel = K.thetaShape.slice(0, -2);
  const grid = K.inShape.slice(0, -1);
  const perAxis = <T>(given: T | readonly T[]) => (Array.isArray(given) ? (given as readonly T[]) : kernel.map(() => given as T));
  const boundaries = perAxis(options.boundary ?? "zero");
  const dilation: Shape = perAxis(options.dilation ?? 1);
  const isSymmetric = kernel.every((width, a) => width === 1 || boundaries[a] === "symmetric");
  const isCentred = kernel.every((width, a) => ((dilation[a] as number) * (width - 1)) % 2 === 0);
  const hasStride = perAxis(options.stride ?? 1).some((s) => s !== 1);
  if (!isSymmetric || !isCentred || hasStride || !sameShape(grid, K.outShape.slice(0, -1))) return undefined;
  if (!stencils.every((s) => kernel.every((_, axis) => isReflected(s, kernel, [axis], 1)))) return undefined;
  const { groups = 1 } = options;
  const channelsIn = K.thetaShape.at(-2) as number;
  return cosineForm({ grid, groups, channelsIn, channelsOut: options.channels / groups }, { kernel, dilation }, stencilOf);
}
