import { type Shape, ShapeError, showShape, type Value } from "@paramat/core";
import { alongAxis, type Matrix } from "./along-axis.js";
import { kernelOf, requireOddWidths } from "./kernel-shape.js";
import { pseudoInverse } from "./pseudo-inverse.js";

/** R P on the finer grid, times 8: full weighting [1, 2, 1]/4 after linear interpolation [1, 2, 1]/2. */
const weights = [1, 4, 6, 4, 1];

/**
 * The stencil of R K(θ) P on the grid with half the points on each axis: P interpolates linearly, R = Pᵀ/2 on each axis is full weighting
 * (Galerkin coarsening; Trottenberg, Oosterlee, Schüller, "Multigrid", 2001, §2.8.6). In 1-D it is [1, 4, 6, 4, 1]/8 ∗ θ at every second point.
 * @param theta [...kernel, channelsIn/groups, channels], odd widths
 * @returns a width of 2k + 1 becomes 2⌊k/2⌋ + 3: 1 → 3, 3 → 3, 5 → 5, 7 → 5, 9 → 7
 * @throws ShapeError if a width is even
 * @remarks Differential operators up to order 2 keep their meaning up to O(h²). From order 4 on they do not: the orders of P and R, 2 + 2, must exceed
 * that of the operator (same book, §2.7.1). `rediscretize` by differences has no such bound.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { galerkinCoarse } from "@paramat/layers";
 * galerkinCoarse(ndarray(cpu(), [-261.5, 510, -245.5], [3, 1, 1])).toArray(); // → [-67, 129, -59]
 */
export function galerkinCoarse(theta: Value): Value {
  const op = "galerkinCoarse";
  const kernel = kernelOf(op, theta.shape);
  requireOddWidths(op, kernel);
  return kernel.reduce((result, width, axis) => alongAxis(galerkinMatrix(coarseWidth(width), width), result, axis), theta);
}

export interface GalerkinFineOptions {
  /** Width of the fine stencil on each axis; one number for all. Default: the coarse one's up to 5, then 2w − 5 (9 for 7, 13 for 9). */
  readonly width?: number | Shape;
}

/**
 * The stencil on the grid with twice the points on each axis with R K P = K(θ): `galerkinCoarse` of it is θ. Where several have that property, the one
 * of least norm.
 * @param theta [...kernel, channelsIn/groups, channels] on the coarse grid, odd widths ≥ 3
 * @throws ShapeError if a width is even or 1, or `width` is one with which not every θ can be reached
 * @remarks A stencil of width 1, c·I, is no R K P of another: it is its own re-discretization, as order 0 knows no h.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { galerkinFine } from "@paramat/layers";
 * galerkinFine(ndarray(cpu(), [-67, 129, -59], [3, 1, 1])).toArray(); // → [-261.5, 510, -245.5]
 */
export function galerkinFine(theta: Value, options: GalerkinFineOptions = {}): Value {
  const op = "galerkinFine";
  const kernel = kernelOf(op, theta.shape);
  requireOddWidths(op, kernel);
  if (kernel.includes(1)) {
    throw new ShapeError(
      `${op}: the kernel is ${showShape(kernel)}; widths must be 3 or more (a width of 1 is the same stencil on every grid: rediscretize keeps it)`,
    );
  }
  const { width } = options;
  const fine =
    width === undefined ? kernel.map((w) => Math.max(w, 2 * w - 5)) : typeof width === "number" ? kernel.map(() => width) : width;
  const fits = (w: number, axis: number) => Number.isInteger(w) && w % 2 === 1 && w >= 3 && coarseWidth(w) === kernel[axis];
  if (fine.length !== kernel.length || !fine.every(fits)) {
    const reach = kernel.map((w) => (w === 3 ? "3" : `${2 * w - 5} or ${2 * w - 3}`));
    throw new ShapeError(
      `${op}: fine widths ${showShape(fine)} for a coarse kernel of ${showShape(kernel)}; the fine width must be ${reach.join(", ")} along the axes`,
    );
  }
  return kernel.reduce((result, w, axis) => alongAxis(pseudoInverse(galerkinMatrix(w, fine[axis] as number)), result, axis), theta);
}

function coarseWidth(width: number): number {
  return 2 * Math.floor((width - 1) / 4) + 3;
}

/** Row i, column j: the share of the fine θ_j in the coarse θ_i, both counted from the middle, weights at 2i − j. */
function galerkinMatrix(coarse: number, fine: number): Matrix {
  const [m, k] = [(coarse - 1) / 2, (fine - 1) / 2];
  return Array.from({ length: coarse }, (_, row) =>
    Array.from({ length: fine }, (_, column) => (weights[2 * (row - m) - (column - k) + 2] ?? 0) / 8),
  );
}
