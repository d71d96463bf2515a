import { type IndexBuffer, windowOutGrid } from "@paramat/backends";
import { defineLinear } from "../define/linear.js";
import { type Shape, sizeOf } from "../shape.js";
import type { Value } from "../value.js";
import { type PoolOptions, windowGeometry } from "./window-geometry.js";

/**
 * z[e, i, c] = max of x[e, j, c] over the cells j of window i; cells outside the grid do not count, NaN counts as the maximum.
 * @param x [examples, ...grid, channels], a grid of 1, 2 or 3 axes
 * @returns [examples, ...outGrid, channels], outGrid = ⌊(padLow + grid + padHigh − window)/stride⌋ + 1
 * @throws ShapeError if a window is larger than the padded grid, or padding would leave one without a cell
 * @remarks The derivative reads (forwards) or fills (backwards) the place of the maximum; at ties the first in row-major order, one of the subgradients.
 */
export function maxPool(x: Value, options: PoolOptions): Value {
  const geometry = windowGeometry("maxPool", x.shape, options);
  const shape = [geometry.examples, ...windowOutGrid(geometry), geometry.channels];
  // Where the maxima are is piecewise constant; given them, pooling is linear, and so every derivative beyond the first is zero.
  const positions = x.backend.argmaxWindows(geometry, x.array.buffer);
  return readAt(x, { positions, shape });
}

interface PositionParams {
  readonly positions: IndexBuffer;
  /** Shape of the positions. */
  readonly shape: Shape;
}

const readAt = defineLinear<PositionParams>({
  name: "maxPool",
  shape: (_x, { shape }) => shape,
  forward: (backend, x, { positions, shape }) =>
    backend.gather({ outer: 1, size: x.size, inner: 1, count: sizeOf(shape) }, x.buffer, positions),
  // Each cotangent goes to the place of its window's maximum; a place that won several windows receives their sum.
  transpose: (ct, { positions, shape }, x): Value => addAt(ct, { positions, shape, to: x }),
});

const addAt = defineLinear<PositionParams & { readonly to: Shape }>({
  name: "maxPool.transpose",
  shape: (_z, { to }) => to,
  forward: (backend, z, { positions, to }) =>
    backend.scatterAdd({ outer: 1, size: sizeOf(to), inner: 1, count: z.size }, z.buffer, positions),
  transpose: (ct, params): Value => readAt(ct, params),
});
