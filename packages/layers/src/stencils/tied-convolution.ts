import type { Backend } from "@paramat/backends";
import { matmul, ndarray, type Rng, reshape, type Shape, ShapeError, sameShape, showShape, sizeOf, type Value } from "@paramat/core";
import type { Constraint } from "../constraint.js";
import { nonNegative } from "../constraints/non-negative.js";
import type { LinearOperator } from "../operator/linear-operator.js";
import { tied } from "../operator/tied.js";
import type { Parameterization } from "../parameterization.js";
import { type ConvolutionOptions, convolution } from "../parameterizations/convolution.js";
import { randomNormal } from "../parameterizations/random-normal.js";
import { checkedForm } from "../plugin/checked-contractions.js";
import { alongAxis } from "./along-axis.js";
import { evenForm } from "./even-form.js";
import { pseudoInverse, transposed } from "./pseudo-inverse.js";
import { type Rediscretizable, rediscretize } from "./rediscretize.js";
import { stencilTags } from "./stencil-tags.js";

/** A linear space of stencils, or the part of one where a constraint holds. */
export interface StencilSpace {
  /** A basis, each stencil row-major over the kernel; η has one number for each, and for each pair of channels. */
  readonly basis: readonly (readonly number[])[];
  /** The first axes of η's shape. Default: one axis, as long as the basis. */
  readonly etaAxes?: Shape;
  readonly constraint?: Constraint;
  /** Initial η; normal numbers that give K(η)y twice the variance of y if left out. */
  readonly init?: (rng: Rng, backend: Backend, etaShape: Shape) => Value;
}

/**
 * Convolution with stencils from a space of your own: θ^{oc} = Σ_k η_k^{oc} b_k for each pair of channels, with fixed stencils b_k.
 * @param inShape [...grid, channels]
 * @param space the stencils b_k for a kernel
 * @returns η is [...etaAxes, channelsIn/groups, channels]; tags follow from the symmetries of the basis, and a block form: by the cosine transform where all
 * stencils are even in each axis and the boundary is symmetric, else the convolution's own
 * @throws ShapeError if the options do not fit the grid, or the basis does not fit the kernel
 * @example
 * import { tiedConvolution } from "@paramat/layers";
 * // Means over the rows and over the columns of a 2×2 window.
 * const options = { channels: 1, kernel: 2 };
 * tiedConvolution("means", [8, 8, 1], options, () => ({ basis: [[1, 1, 0, 0], [1, 0, 1, 0]] })).thetaShape; // → [2, 1, 1]
 */
export function tiedConvolution(
  name: string,
  inShape: Shape,
  options: ConvolutionOptions,
  space: (kernel: Shape) => StencilSpace,
): Parameterization & Rediscretizable {
  const K = convolution(inShape, options);
  const kernel = K.thetaShape.slice(0, -2);
  const { basis, constraint, ...rest } = space(kernel);
  const { etaAxes = [basis.length] } = rest;
  const taps = sizeOf(kernel);
  if (basis.length === 0 || sizeOf(etaAxes) !== basis.length || !basis.every((stencil) => stencil.length === taps)) {
    throw new ShapeError(
      `${name}: ${basis.length} stencils of ${[...new Set(basis.map((b) => b.length))].join(", ") || "no"} numbers for η with axes ${showShape(etaAxes)} on a kernel of ${showShape(kernel)}; there must be one of ${taps} numbers for each entry of the axes, and at least one`,
    );
  }
  const pairs = K.thetaShape.slice(-2) as [number, number];
  const { boundary = "zero" } = options;
  const tags = stencilTags(basis, {
    kernel,
    boundaries: typeof boundary === "string" ? kernel.map(() => boundary) : boundary,
    isSquare: pairs[0] === 1 && pairs[1] === (options.groups ?? 1) && sameShape(K.inShape, K.outShape),
    nonNegative: constraint === nonNegative,
  });
  // E‖K(η)y‖² over one output is σ² · channelsIn/groups · Σ b².
  const energy = basis.flat().reduce((sum, b) => sum + b * b, 0);
  const etaShape = [...etaAxes, ...pairs];
  const init = rest.init ?? ((rng, backend, shape) => randomNormal(rng, backend, shape, Math.sqrt(2 / (pairs[0] * energy))));
  const tie = spaceOperator(basis, kernel, etaAxes, pairs);
  const stencilOf = (eta: Value) => reshape(tie.apply(reshape(eta, [1, ...etaShape])), K.thetaShape);
  const result = tied(K, tie, {
    name,
    tags,
    ...(constraint && { constraint }),
    init: (rng, backend) => init(rng, backend, etaShape),
  });
  const form = evenForm(K, options, basis, stencilOf);
  return {
    ...result,
    ...(form && { blockForm: checkedForm(result, form) }),
    /** The nearest η whose stencil is the re-discretized one. */
    rediscretize(eta, grids) {
      const theta = rediscretize(stencilOf(eta), grids);
      if (sizeOf(theta.shape.slice(0, -2)) !== taps) {
        throw new ShapeError(
          `${name}: by Galerkin the stencil becomes ${showShape(theta.shape)}, wider than ${showShape(kernel)}; take by: "differences"`,
        );
      }
      const nearest = reshape(alongAxis(pseudoInverse(transposed(basis)), reshape(theta, [taps, sizeOf(pairs)]), 0), etaShape);
      return constraint && !constraint.holds(nearest) ? constraint.project(nearest) : nearest;
    },
  };
}

/** η ↦ Σ_k η_k b_k as an operator, which takes many η along axis 0. */
function spaceOperator(basis: readonly (readonly number[])[], kernel: Shape, etaAxes: Shape, channels: Shape): LinearOperator {
  const [q, taps, pairs] = [basis.length, sizeOf(kernel), sizeOf(channels)];
  const flat = Float64Array.from(basis.flat());
  const matrix = (x: Value) => ndarray(x.backend, flat, [q, taps]);
  const examples = (x: Value) => x.shape[0] as number;
  return {
    name: "stencil space",
    inShape: [...etaAxes, ...channels],
    outShape: [...kernel, ...channels],
    apply: (eta) =>
      reshape(matmul(matrix(eta), reshape(eta, [examples(eta), q, pairs]), { transposeA: true }), [examples(eta), ...kernel, ...channels]),
    applyTranspose: (theta) =>
      reshape(matmul(matrix(theta), reshape(theta, [examples(theta), taps, pairs])), [examples(theta), ...etaAxes, ...channels]),
  };
}
