import type { Backend } from "@paramat/backends";
import {
  type Boundary,
  convolve,
  convolveJacobianTranspose,
  convolveTranspose,
  extend,
  extendTranspose,
  boundaries as knownBoundaries,
  type Rng,
  type Shape,
  ShapeError,
  showShape,
  sizeOf,
  type Value,
} from "@paramat/core";
import { byPath, type PathChoice, requirePath } from "../fourier/by-path.js";
import { directCost, fourierCost, type Path } from "../fourier/path.js";
import { periodicContractions } from "../fourier/periodic-contractions.js";
import { periodicForm } from "../fourier/periodic-form.js";
import { stencilResponse } from "../fourier/stencil-response.js";
import type { Parameterization } from "../parameterization.js";
import { checkedContractions, checkedForm } from "../plugin/checked-contractions.js";
import type { Tag } from "../tag.js";
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
  /** `"fft"` takes periodic boundaries and stride 1; `"auto"`, the default, takes it there if its counted operations cost less. */
  readonly path?: Path;
}

/**
 * Convolution in 1, 2 or 3 dimensions (lecture, "Convolutions in 1D", "The Width of a CNN"): z^o_i = Σ_c Σ_j θ^{oc}_j y^c_{i−j}, j about the middle of
 * the stencil; the valid convolution after extension beyond the boundary, K(θ) = V(θ) E. With stride s the result has ⌈n/s⌉ points on an axis.
 * @param inShape [...grid, channels]
 * @returns θ is [...kernel, channelsIn/groups, channels]; outShape is [...grid, channels]. Periodic on every axis and with stride 1 it has a block form:
 * K(θ) = F* diag(B_k(θ)) F, and the Fourier path, which agrees with the direct one to rounding
 * @throws ShapeError if the options do not fit the grid, or the Fourier path is asked for where there is none
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
  const unknown = boundaries.find((b) => b !== "none" && !knownBoundaries.includes(b));
  if (unknown !== undefined) {
    throw new ShapeError(`convolution: boundary ${String(unknown)}; it must be one of ${knownBoundaries.join(", ")}, none`);
  }
  if (!(Number.isInteger(channels) && channels > 0))
    throw new ShapeError(`convolution: ${channels} channels; there must be a positive integer`);
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
  const outShape = [...outGrid, channels];
  const geometry = { stride, dilation, groups };
  const axes = grid.map((_, a) => a).filter((a) => boundaries[a] !== "none" && (reach[a] as number) > 0);
  const extension = (y: Value) =>
    axes.reduce((x, a) => extend(x, a + 1, low[a] as number, high[a] as number, boundaries[a] as Boundary), y);
  const extensionTranspose = (y: Value) =>
    axes.reduceRight((x, a) => extendTranspose(x, a + 1, low[a] as number, high[a] as number, boundaries[a] as Boundary), y);
  const direct = {
    apply: (theta: Value, y: Value) => convolve(theta, extension(y), geometry),
    applyTranspose: (theta: Value, z: Value) => extensionTranspose(convolveTranspose(theta, z, { ...geometry, grid: extended })),
    jacobianTranspose: (y: Value, z: Value) => convolveJacobianTranspose(extension(y), z, { ...geometry, kernel }),
  };
  const operator = {
    name: "convolution",
    thetaShape,
    numParams: sizeOf(thetaShape),
    inShape,
    outShape,
    init: (rng: Rng, backend: Backend) => randomNormal(rng, backend, thetaShape, Math.sqrt((2 * groups) / (sizeOf(kernel) * channelsIn))),
  };
  // A stencil of one point meets no boundary, so it may be called periodic.
  const walls = grid.map((_, a) => a).filter((a) => boundaries[a] !== "periodic" && (kernel[a] as number) > 1);
  const isDense = stride.every((s) => s === 1);
  const { path = "auto" } = options;
  requirePath("convolution", path);
  const periodic = { grid, groups, channelsIn: channelsIn / groups, channelsOut: channels / groups };
  const atPoints = { ...periodic, grid: outGrid };
  const excluded = whyDirect(boundaries, walls, stride);
  if (path === "fft" && excluded) {
    throw new ShapeError(`convolution: ${excluded}; path "fft" needs periodic boundaries and stride 1 on every axis, "direct" takes all`);
  }
  const paths: PathChoice = {
    path,
    direct: ({ examples, ...place }) => directCost({ ...atPoints, examples }, sizeOf(kernel), place),
    fourier: excluded ?? (({ examples, ...place }) => fourierCost({ ...periodic, examples }, place)),
    // The first axis mixes channels, the others leave them apart.
    ...(dims > 1 && {
      separable: ({ examples, ...place }) =>
        kernel.reduce((total, width, a) => {
          const mixing = a === 0 ? atPoints : { grid: outGrid, groups: channels, channelsIn: 1, channelsOut: 1 };
          return total + directCost({ ...mixing, examples }, width, place);
        }, 0),
    }),
  };
  if (excluded) {
    const isToeplitz = dims === 1 && channelsIn === 1 && channels === 1 && isDense && ["zero", "none"].includes(boundaries[0] as string);
    return { ...operator, ...direct, paths, ...(isToeplitz && { tags: ["toeplitz"] as const }) };
  }
  const column = stencilResponse({ grid, kernel, dilation, low });
  const fourier = checkedContractions({ ...operator, ...periodicContractions(periodic, column) });
  const tags: readonly Tag[] = dims === 1 ? ["circulant", "bccb", "toeplitz"] : ["bccb"];
  return {
    ...operator,
    ...byPath(paths, direct, fourier),
    paths,
    blockForm: checkedForm(operator, periodicForm(periodic, column.apply)),
    ...(channelsIn === 1 && channels === 1 && { tags }),
  };
}

/** What keeps the Fourier path out, if anything. */
function whyDirect(boundaries: readonly string[], [wall]: readonly number[], stride: Shape): string | undefined {
  if (wall !== undefined) return `the boundary of axis ${wall} is "${boundaries[wall]}"`;
  return stride.some((s) => s > 1) ? `the stride is ${showShape(stride)}` : undefined;
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
