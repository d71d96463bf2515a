import { expandDims, mul, type Shape, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { type NamedFactor, type NamedParams, namedProduct } from "../stencils/named-product.js";
import { type Rediscretizable, rediscretize } from "../stencils/rediscretize.js";
import { type ConvolutionOptions, convolution } from "./convolution.js";
import { randomNormal } from "./random-normal.js";

/** `axis0`, `axis1`, …: the 1-D stencils, [width, channelsIn/groups, channels] on axis 0 and [width, 1, channels] on the others. */
export type SeparableParams = NamedParams;

/**
 * Convolution with separable stencils (lecture, "Build your own parametric model"): K(u, v) = K_y(v) ∘ K_x(u), one 1-D stencil along each axis; linear in
 * each of u and v, not in both. It is the convolution with θ^{oc}_{ij} = u^{oc}_i v^o_j (`separableStencil`) at Σ w instead of Π w products for each
 * number: the stencils of axis 0 lead from the input's channels to the result's, those of the other axes belong to one channel of the result each.
 * @param inShape [...grid, channels]
 * @returns an operator with parameters `{ axis0, axis1, … }`; boundary, stride and dilation as for `convolution`, on each axis
 * @throws ShapeError if the options do not fit the grid, or (from its functions) a stencil has another shape
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { separableConvolution, toDense } from "@paramat/layers";
 * const K = separableConvolution([2, 2, 1], { channels: 1, kernel: 2, boundary: "periodic" });
 * const u = ndarray(cpu(), [1, 2], [2, 1, 1]);
 * const v = ndarray(cpu(), [1, 10], [2, 1, 1]);
 * toDense(K, { axis0: u, axis1: v }).toNested(); // → [[20, 2, 10, 1], [2, 20, 1, 10], [10, 1, 20, 2], [1, 10, 2, 20]]
 */
export function separableConvolution(
  inShape: Shape,
  options: ConvolutionOptions,
): ParametricOperator<SeparableParams> & Rediscretizable<SeparableParams> {
  const name = "separableConvolution";
  const whole = convolution(inShape, options);
  const kernel = whole.thetaShape.slice(0, -2);
  const product = namedProduct(name, factorsOf(inShape, options, kernel));
  const { tags, blockForm } = whole;
  return {
    ...product,
    ...(tags && { tags }),
    ...(blockForm && { blockForm: { ...blockForm, blocks: (theta: SeparableParams) => blockForm.blocks(separableStencil(theta)) } }),
  };
}

/**
 * The stencil of a separable convolution: θ[i, j, …, c, o] = u[i, c, o] · v[j, 0, o] · …, from `{ axis0: u, axis1: v, … }`.
 * @returns [...kernel, channelsIn/groups, channels]
 */
export function separableStencil(theta: SeparableParams): Value {
  const stencils = Object.keys(theta).map((_, axis) => theta[`axis${axis}`] as Value);
  return stencils.reduce((product, stencil) => mul(expandDims(product, -3), stencil));
}

function factorsOf(inShape: Shape, options: ConvolutionOptions, kernel: Shape): NamedFactor[] {
  const dims = kernel.length;
  const { channels, groups = 1 } = options;
  const only = (sizes: number | Shape | undefined, axis: number) =>
    kernel.map((_, a) => (a === axis ? (typeof sizes === "object" ? (sizes[a] as number) : (sizes ?? 1)) : 1));
  const factors: NamedFactor[] = [];
  for (let axis = 0; axis < dims; axis++) {
    const K = convolution(factors.at(-1)?.K.outShape ?? inShape, {
      ...options,
      kernel: only(kernel, axis),
      stride: only(options.stride, axis),
      dilation: only(options.dilation, axis),
      groups: axis === 0 ? groups : channels,
    });
    const [perGroup, numOut] = K.thetaShape.slice(-2) as [number, number];
    const width = kernel[axis] as number;
    // Together the factors give K(θ)y twice the variance of y.
    const deviation = Math.sqrt(2 ** (1 / dims) / (width * perGroup));
    factors.push({
      name: `axis${axis}`,
      K: { ...K, init: (rng, backend) => randomNormal(rng, backend, K.thetaShape, deviation) },
      thetaShape: [width, perGroup, numOut],
      rediscretize: (theta, { from, to, ...rest }) => rediscretize(theta, { from: at(from, axis), to: at(to, axis), ...rest }),
    });
  }
  return factors;
}

function at(sizes: number | Shape, axis: number): number {
  return typeof sizes === "number" ? sizes : (sizes[axis] as number);
}
