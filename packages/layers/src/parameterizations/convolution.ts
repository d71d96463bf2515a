import {
  type Boundary,
  convolve,
  convolveJacobianTranspose,
  convolveTranspose,
  extend,
  extendTranspose,
  type Shape,
  ShapeError,
  showShape,
  sizeOf,
  type Value,
} from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import { randomNormal } from "./random-normal.js";

export interface ConvolutionOptions {
  /** Channels of the result. */
  readonly channels: number;
  /** Width of the stencil on each axis; one number for all. */
  readonly kernel: number | Shape;
  /** How the input goes on beyond its edge, on each axis; `"none"` keeps to where the stencil fits. Default `"zero"`. */
  readonly boundary?: Boundary | "none" | readonly (Boundary | "none")[];
  /** z at every `stride`-th point only. Default 1. */
  readonly stride?: number | Shape;
  /** Distance between the points of the stencil. Default 1. */
  readonly dilation?: number | Shape;
  /** Channels in this many groups that do not mix; `channels` of the input makes it depthwise. Default 1. */
  readonly groups?: number;
}

/**
 * Convolution in 1, 2 or 3 dimensions (lecture, "Convolutions in 1D", "The Width of a CNN"): z^o_i = Σ_c Σ_j θ^{oc}_j y^c_{i−j}, j about the middle of
 * the stencil; the valid convolution after extension beyond the boundary, K(θ) = V(θ) E. With stride s the result has ⌈n/s⌉ points on an axis.
 * @param inShape [...grid, channels]
 * @returns θ is [...kernel, channelsIn/groups, channels]; outShape is [...grid, channels]
 * @throws ShapeError if the options do not fit the grid
 * @remarks For an even width w the stencil's points are j = −⌊w/2⌋ + 1 … ⌊w/2⌋ … of y_{i−j}, reaching ⌊(w−1)/2⌋ points to the left and ⌊w/2⌋ to the right of i.
 */
export function convolution(inShape: Shape, options: ConvolutionOptions): Parameterization {
  const grid = inShape.slice(0, -1);
  const dims = grid.length;
  if (dims < 1 || dims > 3) {
    throw new ShapeError(`convolution: the input is ${showShape(inShape)}; it must be [...grid, channels] with 1 to 3 axes of grid`);
  }
  const channelsIn = inShape[dims] as number;
  const { channels, groups = 1 } = options;
  const kernel = perAxis("kernel", options.kernel, dims);
  const stride = perAxis("stride", options.stride ?? 1, dims);
  const dilation = perAxis("dilation", options.dilation ?? 1, dims);
  const boundary = options.boundary ?? "zero";
  const boundaries = typeof boundary === "string" ? new Array<Boundary | "none">(dims).fill(boundary) : boundary;
  if (boundaries.length !== dims)
    throw new ShapeError(`convolution: ${boundaries.length} boundaries for ${dims} axes; give one, or one for each axis`);
  if (!(Number.isInteger(groups) && groups > 0 && channelsIn % groups === 0 && channels % groups === 0)) {
    throw new ShapeError(
      `convolution: ${groups} groups do not divide ${channelsIn} input and ${channels} output channels; groups must divide both`,
    );
  }
  const reach = kernel.map((k, a) => (boundaries[a] === "none" ? 0 : (dilation[a] as number) * (k - 1)));
  const low = reach.map((r) => Math.floor(r / 2));
  const high = reach.map((r, a) => r - (low[a] as number));
  const extended = grid.map((n, a) => n + (reach[a] as number));
  const outGrid = extended.map(
    (n, a) => Math.floor((n - (dilation[a] as number) * ((kernel[a] as number) - 1) - 1) / (stride[a] as number)) + 1,
  );
  if (outGrid.some((n) => n < 1)) {
    throw new ShapeError(
      `convolution: a stencil of ${showShape(kernel)} with dilation ${showShape(dilation)} does not fit into the grid ${showShape(grid)}; use a smaller stencil or a boundary`,
    );
  }
  const thetaShape = [...kernel, channelsIn / groups, channels];
  const geometry = { stride, dilation, groups };
  const axes = grid.map((_, a) => a).filter((a) => boundaries[a] !== "none" && (reach[a] as number) > 0);
  const extension = (y: Value) =>
    axes.reduce((x, a) => extend(x, a + 1, low[a] as number, high[a] as number, boundaries[a] as Boundary), y);
  const extensionTranspose = (y: Value) =>
    axes.reduceRight((x, a) => extendTranspose(x, a + 1, low[a] as number, high[a] as number, boundaries[a] as Boundary), y);
  return {
    name: "convolution",
    thetaShape,
    numParams: sizeOf(thetaShape),
    inShape,
    outShape: [...outGrid, channels],
    apply: (theta, y) => convolve(theta, extension(y), geometry),
    applyTranspose: (theta, z) => extensionTranspose(convolveTranspose(theta, z, { ...geometry, grid: extended })),
    jacobianTranspose: (y, z) => convolveJacobianTranspose(extension(y), z, { ...geometry, kernel }),
    init: (rng, backend) => randomNormal(rng, backend, thetaShape, Math.sqrt((2 * groups) / (sizeOf(kernel) * channelsIn))),
  };
}

function perAxis(name: string, sizes: number | Shape, dims: number): Shape {
  const list = typeof sizes === "number" ? new Array<number>(dims).fill(sizes) : sizes;
  if (list.length !== dims || !list.every((n) => Number.isInteger(n) && n > 0)) {
    throw new ShapeError(
      `convolution: ${name} is ${typeof sizes === "number" ? sizes : showShape(sizes)}; it must be a positive integer, or ${dims} of them`,
    );
  }
  return list;
}
