import { type Boundary, boundaries, type Shape, ShapeError } from "@paramat/core";
import { sumOperators } from "./algebra/sum-operators.js";
import { secondDifference } from "./difference-operator.js";
import { gridAxes } from "./grid-axes.js";
import type { LinearOperator } from "./linear-operator.js";
import { perAxis } from "./per-axis.js";

export interface LaplacianOptions {
  /** Distance between grid points, one number or one for each axis; default 1/n, the lecture's pixel size. */
  readonly h?: number | readonly number[];
  /** How each axis goes on beyond its ends; default `"zero"`. */
  readonly boundary?: Boundary | readonly Boundary[];
  /** Axes of one example; the grid (all but the last, or the only one) if left out. */
  readonly axes?: number | readonly number[];
}

/**
 * The Laplacian ∇² on a grid, the sum of second differences along its axes: I ⊗ L₁ + L₂ ⊗ I in two dimensions, with L₁ = [1 −2 1]/h² on the diagonals
 * (lecture, "Discretization of ∇²"). Symmetric, and negative semidefinite, for every boundary but `reflect`.
 * @param inShape of one example, say [...grid, channels]
 * @throws ShapeError if h is not positive, or a boundary is unknown
 * @example
 * import { cpu } from "@paramat/backends";
 * import { eye } from "@paramat/core";
 * import { laplacian } from "@paramat/layers";
 * laplacian([3], { h: 1 }).apply(eye(cpu(), 3)).toNested(); // → [[-2, 1, 0], [1, -2, 1], [0, 1, -2]]
 */
export function laplacian(inShape: Shape, options: LaplacianOptions = {}): LinearOperator {
  const op = "laplacian";
  const axes = gridAxes(op, inShape, options.axes);
  if (axes.length === 0) throw new ShapeError(`${op}: no axes; at least one is needed`);
  const steps = perAxis(
    op,
    "h",
    options.h ?? axes.map((axis) => 1 / (inShape[axis] as number)),
    axes.length,
    "a positive number",
    (h) => h > 0,
  );
  const wanted = `one of ${boundaries.join(", ")}`;
  const how = perAxis(op, "boundary", options.boundary ?? "zero", axes.length, wanted, (b) => boundaries.includes(b));
  const terms = axes.map((axis, k) => secondDifference(inShape, { axis, h: steps[k] as number, boundary: how[k] as Boundary }));
  return { ...sumOperators(...terms), name: op };
}
