import { type WindowGeometry, windowOutGrid } from "@paramat/backends";
import { ShapeError } from "../errors.js";
import { type Shape, showShape } from "../shape.js";
import { gridOf, type PerAxis, perAxis } from "./per-axis.js";

export interface PoolOptions {
  /** Cells of a window along each axis of the grid. */
  readonly window: PerAxis;
  /** Distance between neighbouring windows; default: the window, so that windows neither overlap nor leave gaps. */
  readonly stride?: PerAxis;
  /** Cells by which windows may reach out before and after the grid, one pair for each axis; default none. */
  readonly padding?: readonly (readonly [lo: number, hi: number])[];
}

/**
 * The windows over `x`.
 * @param x [examples, ...grid, channels]
 * @throws ShapeError if a window is larger than the padded grid, or one would hold no cell of the grid
 */
export function windowGeometry(op: string, x: Shape, options: PoolOptions): WindowGeometry {
  const grid = gridOf(op, "x", x);
  const window = perAxis(op, "window", options.window, grid.length);
  const stride = perAxis(op, "stride", options.stride ?? options.window, grid.length);
  const padding = options.padding ?? grid.map(() => [0, 0] as const);
  if (padding.length !== grid.length || !padding.flat().every((n) => Number.isInteger(n) && n >= 0)) {
    throw new ShapeError(
      `${op}: padding is ${padding.map(showShape).join(", ")}; it must be one pair of integers ≥ 0 for each of the ${grid.length} axes of the grid`,
    );
  }
  const geometry = {
    examples: x[0] as number,
    grid,
    window,
    stride,
    padLow: padding.map(([lo]) => lo),
    padHigh: padding.map(([, hi]) => hi),
    channels: x.at(-1) as number,
  };
  windowOutGrid(geometry).forEach((numWindows, axis) => requireCells(op, geometry, numWindows, axis));
  return geometry;
}

function requireCells(op: string, { grid, ...geometry }: WindowGeometry, numWindows: number, axis: number): void {
  const pick = (sizes: Shape) => sizes[axis] as number;
  const [n, window, lo, hi] = [pick(grid), pick(geometry.window), pick(geometry.padLow), pick(geometry.padHigh)];
  if (window > lo + n + hi) {
    throw new ShapeError(
      `${op}: window ${window} along axis ${axis} of grid ${showShape(grid)} with padding ${lo}, ${hi}; it must be at most ${lo + n + hi}`,
    );
  }
  if (n === 0) throw new ShapeError(`${op}: the grid ${showShape(grid)} is empty along axis ${axis}; windows need at least one cell`);
  const lastStart = pick(geometry.stride) * (numWindows - 1) - lo;
  if (lo >= window || lastStart >= n) {
    throw new ShapeError(
      `${op}: padding ${lo}, ${hi} along axis ${axis} of grid ${showShape(grid)} leaves a window of ${window} without a cell; padding must be below the window`,
    );
  }
}
