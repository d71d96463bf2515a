import { windowOutGrid } from "@paramat/backends";
import { ndarray } from "../array.js";
import type { Value } from "../value.js";
import { mul } from "./mul.js";
import { pad } from "./pad.js";
import { type PoolOptions, windowGeometry } from "./window-geometry.js";
import { windowSum } from "./window-sum.js";

export interface AvgPoolOptions extends PoolOptions {
  /** Whether cells outside the grid count as zeros. Default false: each mean is over the cells of the grid that its window holds. */
  readonly countPadding?: boolean;
}

/**
 * z[e, i, c] = mean of x[e, j, c] over the cells j of window i; linear.
 * @param x [examples, ...grid, channels], a grid of 1, 2 or 3 axes
 * @returns [examples, ...outGrid, channels], outGrid = ⌊(padLow + grid + padHigh − window)/stride⌋ + 1
 * @throws ShapeError if a window is larger than the padded grid, or padding would leave one without a cell
 */
export function avgPool(x: Value, options: AvgPoolOptions): Value {
  const geometry = windowGeometry("avgPool", x.shape, options);
  const { grid, window, stride, padLow, padHigh } = geometry;
  const isPadded = [...padLow, ...padHigh].some((n) => n > 0);
  const widths = grid.map((_, axis) => [padLow[axis] as number, padHigh[axis] as number] as const);
  const padded = isPadded ? pad(x, [[0, 0], ...widths, [0, 0]]) : x;
  if (!isPadded || options.countPadding) return windowSum(padded, window, stride, 1 / window.reduce((a, b) => a * b, 1));
  const counts = windowOutGrid(geometry).map((numWindows, axis) =>
    Array.from({ length: numWindows }, (_, i) => {
      const first = (stride[axis] as number) * i - (padLow[axis] as number);
      return Math.min(grid[axis] as number, first + (window[axis] as number)) - Math.max(0, first);
    }),
  );
  return mul(windowSum(padded, window, stride, 1), reciprocalCounts(x, counts));
}

/** 1 / number of cells of each window, which is the product over the axes: [...outGrid, 1]. */
function reciprocalCounts(x: Value, counts: readonly (readonly number[])[]): Value {
  const flat = counts.reduce<number[]>((products, axis) => products.flatMap((product) => axis.map((count) => product * count)), [1]);
  return ndarray(
    x.backend,
    Float64Array.from(flat, (count) => 1 / count),
    [...counts.map((axis) => axis.length), 1],
  );
}
