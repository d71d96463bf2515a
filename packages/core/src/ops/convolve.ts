import { type ConvGeometry, convOutGrid } from "@paramat/backends";
import { defineTrilinear } from "../define/trilinear.js";
import { ShapeError } from "../errors.js";
import { checkShape, type Shape, sameShape, showShape } from "../shape.js";
import type { Value } from "../value.js";
import { type ConvOptions, convGeometry, kernelSpan } from "./conv-geometry.js";
import { gridOf, perAxis } from "./per-axis.js";

/**
 * The valid convolution in 1, 2 or 3 dimensions, K(θ) y: z[e, i, o] = Σ_{j, c} θ[j, c, o] · y[e, stride·i + dilation·(kernel − 1 − j), c], with c
 * over the channels of o's group. A true convolution: the kernel runs backwards over the grid. Borders come from `extend` before it.
 * @param theta [...kernel, channelsIn/groups, channelsOut]
 * @param y [examples, ...grid, channelsIn]
 * @returns [examples, ...outGrid, channelsOut], outGrid = ⌊(grid − dilation·(kernel − 1) − 1)/stride⌋ + 1
 * @throws ShapeError if the kernel is larger than the grid, or the channels do not fit θ or the groups
 * @example
 * import { cpu } from "@paramat/backends";
 * import { convolve, ndarray } from "@paramat/core";
 * const theta = ndarray(cpu(), [1, 2, 3], [3, 1, 1]);
 * convolve(theta, ndarray(theta.backend, [1, 0, 0, 10], [1, 4, 1])).toArray(); // → [3, 10]
 */
export function convolve(theta: Value, y: Value, options: ConvOptions = {}): Value {
  return form.apply(theta, y, convGeometry("convolve", theta.shape, y.shape, options));
}

export interface ConvTransposeOptions extends ConvOptions {
  /** Size of the grid that y had. Default: the smallest that gives z's, stride·(outGrid − 1) + dilation·(kernel − 1) + 1. */
  readonly grid?: Shape;
}

/**
 * K(θ)ᵀ z, the transpose of `convolve` in y (also called transposed convolution or deconvolution).
 * @param theta [...kernel, channelsIn/groups, channelsOut]
 * @param z [examples, ...outGrid, channelsOut]
 * @returns [examples, ...grid, channelsIn]
 * @throws ShapeError if z is not what `convolve` gives for this θ, grid and options
 */
export function convolveTranspose(theta: Value, z: Value, options: ConvTransposeOptions = {}): Value {
  const op = "convolveTranspose";
  const outGrid = gridOf(op, "z", z.shape);
  const rank = outGrid.length;
  const span = kernelSpan({
    kernel: perAxis(op, "theta's kernel", theta.shape.slice(0, -2), rank),
    dilation: perAxis(op, "dilation", options.dilation ?? 1, rank),
  });
  const stride = perAxis(op, "stride", options.stride ?? 1, rank);
  if (options.grid && options.grid.length !== rank) {
    throw new ShapeError(
      `${op}: grid is ${showShape(options.grid)}, z is ${showShape(z.shape)}; the grid must have ${rank} axes, as z's has`,
    );
  }
  const grid = options.grid
    ? checkShape(op, options.grid)
    : outGrid.map((n, axis) => (stride[axis] as number) * (n - 1) + (span[axis] as number));
  const channelsIn = (theta.shape.at(-2) as number) * (options.groups ?? 1);
  const geometry = convGeometry(op, theta.shape, [z.shape[0] as number, ...grid, channelsIn], options);
  requireOutput(op, z.shape, geometry);
  return form.applyTranspose(theta, z, geometry);
}

export interface ConvJacobianOptions extends ConvOptions {
  /** Size of the kernel. */
  readonly kernel: Shape;
}

/**
 * Qᵀ vec(z yᵀ), the gradient of ⟨z, K(θ) y⟩ in θ, summed over examples: θ[j, c, o] = Σ_{e, i} z[e, i, o] · y[e, stride·i + dilation·(kernel − 1 − j), c].
 * @param y [examples, ...grid, channelsIn]
 * @param z [examples, ...outGrid, channelsOut]
 * @returns [...kernel, channelsIn/groups, channelsOut]
 * @throws ShapeError if z is not what `convolve` gives for this y, kernel and options
 */
export function convolveJacobianTranspose(y: Value, z: Value, options: ConvJacobianOptions): Value {
  const op = "convolveJacobianTranspose";
  gridOf(op, "z", z.shape);
  const perGroup = Math.floor((y.shape.at(-1) as number) / (options.groups ?? 1));
  const geometry = convGeometry(op, [...options.kernel, perGroup, z.shape.at(-1) as number], y.shape, options);
  requireOutput(op, z.shape, geometry);
  return form.jacobianTranspose(y, z, geometry);
}

const form = defineTrilinear<ConvGeometry>({
  name: "convolve",
  thetaShape: ({ kernel, channelsIn, groups, channelsOut }) => [...kernel, channelsIn / groups, channelsOut],
  yShape: ({ examples, grid, channelsIn }) => [examples, ...grid, channelsIn],
  zShape: outputShape,
  contract: (which, backend, a, b, geometry) => backend.convolve(which, geometry, a.buffer, b.buffer),
});

function outputShape(geometry: ConvGeometry): Shape {
  return [geometry.examples, ...convOutGrid(geometry), geometry.channelsOut];
}

function requireOutput(op: string, z: Shape, geometry: ConvGeometry): void {
  const want = outputShape(geometry);
  if (!sameShape(z, want)) {
    throw new ShapeError(
      `${op}: z is ${showShape(z)}; kernel ${showShape(geometry.kernel)} on grid ${showShape(geometry.grid)} with stride ${showShape(geometry.stride)} gives ${showShape(want)}`,
    );
  }
}
