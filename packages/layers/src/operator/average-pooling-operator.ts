import { type AvgPoolOptions, avgPool, type Shape, ShapeError, showShape, vjp, zeros } from "@paramat/core";
import { linearOperator } from "./checked-operator.js";
import type { LinearOperator } from "./linear-operator.js";
import { countsPerAxis } from "./per-axis.js";

/**
 * The mean over each window, for each channel (lecture, "Other Operators for Imaging Tasks", pooling), as a fixed map: the same numbers as `avgPool`,
 * with its exact transpose, which spreads each mean over its window. Taking the maximum is not linear (max(y) + max(−y) ≠ 0), so there is no such
 * operator for it; `maxPooling` is a layer.
 * @param inShape of one example, [...grid, channels]
 * @throws ShapeError if no window fits into the grid
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { averagePoolingOperator } from "@paramat/layers";
 * const A = averagePoolingOperator([4, 1], { window: 2 });
 * A.applyTranspose(ndarray(cpu(), [[[1], [3]]])).toNested(); // → [[[0.5], [0.5], [1.5], [1.5]]]
 */
export function averagePoolingOperator(inShape: Shape, options: AvgPoolOptions): LinearOperator {
  const op = "averagePoolingOperator";
  const grid = inShape.slice(0, -1);
  const window = countsPerAxis(op, "window", options.window, grid.length);
  const stride = countsPerAxis(op, "stride", options.stride ?? options.window, grid.length);
  const outGrid = grid.map((n, a) => {
    const [lo, hi] = options.padding?.[a] ?? [0, 0];
    return Math.floor((lo + n + hi - (window[a] as number)) / (stride[a] as number)) + 1;
  });
  if (grid.length < 1 || outGrid.some((n) => !(n >= 1))) {
    throw new ShapeError(
      `${op}: windows of ${showShape(window)} do not fit into inputs of ${showShape(inShape)}, [...grid, channels]; use smaller windows`,
    );
  }
  const pool = (y: Parameters<typeof avgPool>[0]) => avgPool(y, options);
  return linearOperator({
    name: op,
    inShape,
    outShape: [...outGrid, inShape.at(-1) as number],
    apply: pool,
    applyTranspose: (z) => vjp(pool, zeros(z.backend, [z.shape[0] as number, ...inShape])).pullback(z),
  });
}
