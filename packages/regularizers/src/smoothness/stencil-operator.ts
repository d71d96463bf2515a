import {
  type Boundary,
  convolve,
  convolveTranspose,
  extend,
  extendTranspose,
  ndarray,
  reshape,
  type Shape,
  transpose,
  type Value,
} from "@paramat/core";
import { type LinearOperator, linearOperator } from "@paramat/layers";
import type { GridTap } from "./grid-taps.js";
import type { GridView } from "./grid-view.js";

/**
 * A fixed stencil on the grid, z_i = Σ coefficient · u_{i + offset}, as the valid convolution after the extension E of each axis; the same for all rows
 * and channels. The stencil is written into a kernel with zeros where it has no tap, and turned round, since a convolution's kernel runs backwards.
 * @param taps at least one
 */
export function stencilOperator(name: string, view: Pick<GridView, "rowShape" | "boundary">, taps: readonly GridTap[]): LinearOperator {
  const { rowShape, boundary } = view;
  const grid = rowShape.slice(0, -1);
  const channels = rowShape.at(-1) as number;
  const reach = (a: number, pick: (...xs: number[]) => number) => pick(0, ...taps.map(({ offset }) => offset[a] as number));
  const low = grid.map((_, a) => -reach(a, Math.min));
  const high = grid.map((_, a) => reach(a, Math.max));
  const kernel = grid.map((_, a) => (low[a] as number) + (high[a] as number) + 1);
  const numbers = new Float64Array(kernel.reduce((a, b) => a * b, 1));
  for (const { offset, coefficient } of taps) {
    const at = offset.reduce((index, o, a) => index * (kernel[a] as number) + (high[a] as number) - o, 0);
    numbers[at] = (numbers[at] as number) + coefficient;
  }
  const theta = (x: Value) => ndarray(x.backend, numbers, [...kernel, 1, 1]);
  return linearOperator({
    name,
    inShape: rowShape,
    outShape: rowShape,
    apply: (y) =>
      overChannels(y, channels, (u) => {
        const wide = grid.reduce((x, _, a) => extend(x, a + 1, low[a] as number, high[a] as number, boundary[a] as Boundary), u);
        return convolve(theta(y), wide);
      }),
    applyTranspose: (z) =>
      overChannels(z, channels, (v) => {
        const wide = convolveTranspose(theta(z), v);
        return grid.reduce((x, _, a) => extendTranspose(x, a + 1, low[a] as number, high[a] as number, boundary[a] as Boundary), wide);
      }),
  });
}

/** f on [examples · channels, ...grid, 1]: every channel is convolved on its own with the same kernel. */
function overChannels(y: Value, channels: number, f: (u: Value) => Value): Value {
  const grid: Shape = y.shape.slice(1, -1);
  const examples = y.shape[0] as number;
  if (channels === 1) return f(y);
  const rank = y.shape.length;
  const first = [0, rank - 1, ...grid.map((_, a) => a + 1)];
  const apart = reshape(transpose(y, first), [examples * channels, ...grid, 1]);
  const back = [0, ...grid.map((_, a) => a + 2), 1];
  return transpose(reshape(f(apart), [examples, channels, ...grid]), back);
}
