import { flip, type Shape } from "@paramat/core";
import { alongAxes } from "./along-axes.js";
import { gridAxes } from "./grid-axes.js";
import type { LinearOperator } from "./linear-operator.js";

export interface FlipOptions {
  /** Axes of one example; the grid (all but the last, or the only one) if left out. */
  readonly axes?: number | readonly number[];
}

/**
 * y with each of `axes` reversed: its own transpose and inverse. Convolution and correlation differ by it on the stencil.
 * @param inShape of one example, say [...grid, channels]
 * @throws ShapeError if a size is not a positive integer, or an axis is outside `inShape` or named twice
 */
export function flipOperator(inShape: Shape, options: FlipOptions = {}): LinearOperator {
  const axes = gridAxes("flipOperator", inShape, options.axes);
  const along = (n: number) => ({ size: n, apply: flip, applyTranspose: flip });
  return alongAxes("flipOperator", inShape, axes, along, ["symmetric", "orthogonal"]);
}
