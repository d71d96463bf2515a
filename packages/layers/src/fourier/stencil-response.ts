import { gather, reshape, type Shape, scatterAdd, sizeOf, type Value } from "@paramat/core";
import type { FirstColumn } from "./periodic-contractions.js";

/** Where a stencil lies about its middle: entry j of an axis reads y at i − low + dilation·(kernel − 1 − j), as `convolve` after `extend` by `low`. */
export interface StencilPlace {
  readonly grid: Shape;
  readonly kernel: Shape;
  readonly dilation: Shape;
  readonly low: Shape;
}

/**
 * κ = K(θ)u₁, the first column of the periodic convolution with a stencil at `place`: θ [...kernel, ...channels] to κ [...grid, ...channels], each entry
 * at the point where it answers an impulse at the first one. Entries of a stencil wider than the grid add up.
 */
export function stencilResponse(place: StencilPlace): FirstColumn {
  const { grid, kernel } = place;
  const dims = grid.length;
  const index = positions(place);
  const flat = (x: Value, shape: Shape) => reshape(x, [sizeOf(shape), ...x.shape.slice(dims)]);
  return {
    apply: (theta) => reshape(scatterAdd(flat(theta, kernel), index, sizeOf(grid)), [...grid, ...theta.shape.slice(dims)]),
    applyTranspose: (column) => reshape(gather(flat(column, grid), index), [...kernel, ...column.shape.slice(dims)]),
  };
}

/** Entry j of an axis goes to point low − dilation·(kernel − 1 − j), modulo the grid. */
function positions({ grid, kernel, dilation, low }: StencilPlace): number[] {
  return kernel.reduce<number[]>(
    (before, width, a) => {
      const n = grid[a] as number;
      const shifts = Array.from({ length: width }, (_, j) => (low[a] as number) - (dilation[a] as number) * (width - 1 - j));
      return before.flatMap((index) => shifts.map((shift) => index * n + (((shift % n) + n) % n)));
    },
    [0],
  );
}
