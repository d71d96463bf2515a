import { type Shape, ShapeError, scatterAdd, slice } from "@paramat/core";
import { alongAxes } from "./along-axes.js";
import { gridAxes } from "./grid-axes.js";
import type { LinearOperator } from "./linear-operator.js";
import { countsPerAxis, widthsPerAxis } from "./per-axis.js";

export interface RestrictionOptions {
  /** The first point that is kept, on each axis; default 0. */
  readonly offset?: number | Shape;
  /** Axes of one example; the grid (all but the last, or the only one) if left out. */
  readonly axes?: number | readonly number[];
}

/**
 * Injection onto every `stride`-th point, z_i = y_{offset + stride·i} on each axis (lecture, "Other Operators for Imaging Tasks", stride): n points
 * become ⌈(n − offset)/stride⌉. R ∘ K is K with that stride. Its transpose puts zeros between.
 * @param inShape of one example, say [...grid, channels]
 * @param stride one number, or one for each axis
 * @throws ShapeError if stride is not a positive integer, or offset is not a point of the axis
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { restriction } from "@paramat/layers";
 * restriction([5], 2).apply(ndarray(cpu(), [[1, 2, 3, 4, 5]])).toNested(); // → [[1, 3, 5]]
 */
export function restriction(inShape: Shape, stride: number | Shape, options: RestrictionOptions = {}): LinearOperator {
  const op = "restriction";
  const axes = gridAxes(op, inShape, options.axes);
  const strides = countsPerAxis(op, "stride", stride, axes.length);
  const offsets = widthsPerAxis(op, "offset", options.offset ?? 0, axes.length);
  return alongAxes(op, inShape, axes, (n, k) => {
    const [step, first] = [strides[k] as number, offsets[k] as number];
    if (first >= n) throw new ShapeError(`${op}: offset ${first} on an axis of ${n} points; it must be in 0 … ${n - 1}`);
    const size = Math.ceil((n - first) / step);
    const kept = Int32Array.from({ length: size }, (_, i) => first + step * i);
    return {
      size,
      apply: (x, axis) => slice(x, axis, first, n, step),
      applyTranspose: (z, axis) => scatterAdd(z, kept, n, { axis }),
    };
  });
}
