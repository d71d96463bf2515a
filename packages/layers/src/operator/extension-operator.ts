import { type Boundary, boundaries, extend, extendTranspose, type Shape } from "@paramat/core";
import { alongAxes } from "./along-axes.js";
import { gridAxes } from "./grid-axes.js";
import type { LinearOperator } from "./linear-operator.js";
import { perAxis, widthsPerAxis } from "./per-axis.js";

export interface ExtensionOptions {
  /** Axes of one example; the grid (all but the last, or the only one) if left out. */
  readonly axes?: number | readonly number[];
}

/**
 * E y: each axis goes on by `lo` points before and `hi` points after it, as `boundary` says; the transpose folds the border back. A convolution with
 * that boundary is the valid convolution after E.
 * @param inShape of one example, say [...grid, channels]
 * @param lo one number, or one for each axis; so are `hi` and `boundary`
 * @throws ShapeError if a width is not an integer ≥ 0, or a boundary is unknown
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { extensionOperator } from "@paramat/layers";
 * extensionOperator([3], 1, 2, "symmetric").apply(ndarray(cpu(), [[1, 2, 3]])).toNested(); // → [[1, 1, 2, 3, 3, 2]]
 */
export function extensionOperator(
  inShape: Shape,
  lo: number | Shape,
  hi: number | Shape,
  boundary: Boundary | readonly Boundary[],
  options: ExtensionOptions = {},
): LinearOperator {
  const op = "extensionOperator";
  const axes = gridAxes(op, inShape, options.axes);
  const low = widthsPerAxis(op, "lo", lo, axes.length);
  const high = widthsPerAxis(op, "hi", hi, axes.length);
  const how = perAxis(op, "boundary", boundary, axes.length, `one of ${boundaries.join(", ")}`, (b) => boundaries.includes(b));
  return alongAxes(op, inShape, axes, (n, k) => {
    const [before, after, rule] = [low[k] as number, high[k] as number, how[k] as Boundary];
    return {
      size: before + n + after,
      apply: (x, axis) => extend(x, axis, before, after, rule),
      applyTranspose: (z, axis) => extendTranspose(z, axis, before, after, rule),
    };
  });
}
