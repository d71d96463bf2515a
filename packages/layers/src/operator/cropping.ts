import { pad, type Shape, ShapeError, slice } from "@paramat/core";
import { alongAxes } from "./along-axes.js";
import { gridAxes } from "./grid-axes.js";
import type { LinearOperator } from "./linear-operator.js";
import { widthsPerAxis } from "./per-axis.js";

export interface CroppingOptions {
  /** Axes of one example; the grid (all but the last, or the only one) if left out. */
  readonly axes?: number | readonly number[];
}

/**
 * y without the first `lo` and the last `hi` points of each axis; the transpose puts zeros there.
 * @param inShape of one example, say [...grid, channels]
 * @param lo one number, or one for each axis; so is `hi`
 * @throws ShapeError if a width is not an integer ≥ 0, or nothing would be left
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { cropping } from "@paramat/layers";
 * cropping([4], 1, 1).apply(ndarray(cpu(), [[1, 2, 3, 4]])).toNested(); // → [[2, 3]]
 */
export function cropping(inShape: Shape, lo: number | Shape, hi: number | Shape, options: CroppingOptions = {}): LinearOperator {
  const op = "cropping";
  const axes = gridAxes(op, inShape, options.axes);
  const low = widthsPerAxis(op, "lo", lo, axes.length);
  const high = widthsPerAxis(op, "hi", hi, axes.length);
  return alongAxes(op, inShape, axes, (n, k) => {
    const [before, after] = [low[k] as number, high[k] as number];
    if (before + after >= n) {
      throw new ShapeError(`${op}: ${before} + ${after} points of an axis of ${n}; at least one point must be left`);
    }
    return {
      size: n - before - after,
      apply: (x, axis) => slice(x, axis, before, n - after),
      applyTranspose: (z, axis) =>
        pad(
          z,
          z.shape.map((_, a) => (a === axis ? [before, after] : [0, 0])),
        ),
    };
  });
}
