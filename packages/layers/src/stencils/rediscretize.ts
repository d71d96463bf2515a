import { extend, moveAxis, reshape, type Shape, ShapeError, showShape, sizeOf, type Tree, type Value } from "@paramat/core";
import { alongAxis, type Matrix } from "./along-axis.js";
import { betaBasis } from "./beta.js";
import { galerkinCoarse, galerkinFine } from "./galerkin.js";
import { kernelOf, requireOddWidths } from "./kernel-shape.js";
import { pseudoInverse, times } from "./pseudo-inverse.js";

export interface RediscretizeOptions {
  /** Points on each axis of the grid that θ is for, h = 1/n; one number for all axes. */
  readonly from: number | Shape;
  /** Points on each axis of the grid that θ is wanted for; one number for all axes. */
  readonly to: number | Shape;
  /** `differences`: the same coefficients β of differences (`betaFromStencil`), the default; `galerkin`: R K P = θ from grid to grid, for factors 2ᵏ. */
  readonly by?: "differences" | "galerkin";
}

/** An operator whose parameters can be carried over to another grid. */
export interface Rediscretizable<Theta extends Tree = Value> {
  /** The parameters with which K on the grid `to` is the differential operator that θ makes it on `from`. */
  rediscretize(theta: Theta, options: RediscretizeOptions): Theta;
}

export function isRediscretizable<Theta extends Tree = Tree>(K: object): K is Rediscretizable<Theta> {
  return "rediscretize" in K && typeof K.rediscretize === "function";
}

/**
 * The stencil that is on one grid the differential operator that θ is on another (lecture, "Discretization of ∇²": the continuous interpretation allows
 * to recompute a kernel for other resolutions): θ' = B(h')B(h)⁻¹θ with the basis B of `betaFromStencil`, or by Galerkin, step by step through grids
 * with twice or half the points.
 * @param theta [...kernel, channelsIn/groups, channels]; widths must be odd where the grid changes
 * @returns θ's shape; only refining widths of 7 and more by Galerkin makes stencils wider (`galerkinFine`), and coarsening them leaves zeros around
 * @throws ShapeError if a width is even, sizes are not positive integers, or a Galerkin factor is not a power of two
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { rediscretize } from "@paramat/layers";
 * const theta = ndarray(cpu(), [-67, 129, -59], [3, 1, 1]);
 * rediscretize(theta, { from: 16, to: 32 }).toArray(); // → [-263, 513, -247]
 * rediscretize(theta, { from: 16, to: 32, by: "galerkin" }).toArray(); // → [-261.5, 510, -245.5]
 */
export function rediscretize(theta: Value, options: RediscretizeOptions): Value {
  const op = "rediscretize";
  const kernel = kernelOf(op, theta.shape);
  const from = sizes(op, "from", options.from, kernel.length);
  const to = sizes(op, "to", options.to, kernel.length);
  // A width of 1 is of order 0 and knows no h.
  const axes = kernel.map((_, axis) => axis).filter((axis) => kernel[axis] !== 1 && from[axis] !== to[axis]);
  requireOddWidths(
    op,
    axes.map((axis) => kernel[axis] as number),
  );
  return axes.reduce((result, axis) => {
    const factor = (to[axis] as number) / (from[axis] as number);
    return options.by === "galerkin"
      ? throughGrids(op, result, axis, factor)
      : alongAxis(scaling(kernel[axis] as number, factor), result, axis);
  }, theta);
}

/** B(h')B(h)⁻¹, which depends on h/h' alone: β_s is divided by h^s. */
function scaling(width: number, factor: number): Matrix {
  const basis = betaBasis(width, 1);
  return times(
    basis.map((row) => row.map((x, order) => x * factor ** order)),
    pseudoInverse(basis),
  );
}

function throughGrids(op: string, theta: Value, axis: number, factor: number): Value {
  const levels = Math.log2(factor);
  if (!Number.isInteger(levels)) {
    throw new ShapeError(
      `${op}: by Galerkin with ${factor} times the points along axis ${axis}; the factor must be a power of two, up or down (or take by: "differences")`,
    );
  }
  let result = theta;
  for (let level = 0; level < levels; level++) result = alone(galerkinFine, result, axis);
  for (let level = 0; level < -levels; level++) result = padded(alone(galerkinCoarse, result, axis), theta.shape[axis] as number, axis);
  return result;
}

/** A map of 1-D stencils along one axis of the kernel: the other axes are taken as channels. */
function alone(map: (stencil: Value) => Value, theta: Value, axis: number): Value {
  const inFront = moveAxis(theta, axis, 0);
  const rest = inFront.shape.slice(1);
  const result = map(reshape(inFront, [inFront.shape[0] as number, sizeOf(rest), 1]));
  return moveAxis(reshape(result, [result.shape[0] as number, ...rest]), 0, axis);
}

/** Zeros on both sides up to a width. */
function padded(theta: Value, width: number, axis: number): Value {
  const more = (width - (theta.shape[axis] as number)) / 2;
  return more === 0 ? theta : extend(theta, axis, more, more, "zero");
}

function sizes(op: string, name: string, given: number | Shape, dims: number): Shape {
  const list = typeof given === "number" ? new Array<number>(dims).fill(given) : given;
  if (list.length !== dims || !list.every((n) => Number.isInteger(n) && n > 0)) {
    throw new ShapeError(
      `${op}: ${name} is ${typeof given === "number" ? given : showShape(given)}; it must be a positive number of points, or one for each of ${dims} axes`,
    );
  }
  return list;
}
