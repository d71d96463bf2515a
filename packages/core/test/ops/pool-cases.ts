import type { PoolOptions } from "@paramat/core";
import fc from "fast-check";
import { entries } from "./linear-laws.js";

export interface PoolCase {
  readonly shape: readonly number[];
  readonly options: {
    readonly window: readonly number[];
    readonly stride: readonly number[];
    readonly padding: readonly (readonly [number, number])[];
  };
}

const size = (min: number, max: number) => fc.integer({ min, max });

/** Windows over grids of 1 to 3 axes, overlapping or with gaps, padded by less than a window. */
export const poolCases: fc.Arbitrary<PoolCase> = size(1, 3).chain((rank) => {
  const axis = size(1, 3).chain((window) =>
    fc.record({
      window: fc.constant(window),
      stride: size(1, 3),
      padding: fc.tuple(fc.nat(window - 1), fc.nat(window - 1)),
      grid: size(window, rank === 3 ? window + 1 : window + 3),
    }),
  );
  return fc.tuple(fc.nat(2), fc.array(axis, { minLength: rank, maxLength: rank }), fc.nat(3)).map(([examples, axes, channels]) => ({
    shape: [examples, ...axes.map((a) => a.grid), channels],
    options: { window: axes.map((a) => a.window), stride: axes.map((a) => a.stride), padding: axes.map((a) => a.padding) },
  }));
});

export function pooledShape({ shape, options: { window, stride, padding } }: PoolCase): number[] {
  const outGrid = shape.slice(1, -1).map((n, a) => {
    const [lo, hi] = padding[a] as readonly [number, number];
    return Math.floor((lo + n + hi - (window[a] as number)) / (stride[a] as number)) + 1;
  });
  return [shape[0] as number, ...outGrid, shape.at(-1) as number];
}

/** Indices, in row-major order, of the cells of the grid that the window of result entry `index` holds. */
export function cellsOf({ shape, options: { window, stride, padding } }: PoolCase, index: readonly number[]): number[][] {
  const cells: number[][] = [];
  entries(window, (j) => {
    const cell = j.map((k, a) => (stride[a] as number) * (index[a + 1] as number) - (padding[a] as readonly [number, number])[0] + k);
    if (cell.every((k, a) => k >= 0 && k < (shape[a + 1] as number))) cells.push([index[0] as number, ...cell, index.at(-1) as number]);
    return 0;
  });
  return cells;
}

/** What both kinds of pooling refuse, and how. */
export const refusedPools: readonly (readonly [string, readonly number[], PoolOptions, string])[] = [
  ["an array without a grid", [4, 2], { window: 2 }, "x is [4, 2]; it must be [examples, ...grid, channels] with a grid of 1, 2 or 3 axes"],
  [
    "a window larger than the grid",
    [1, 4, 2, 1],
    { window: 3 },
    "window 3 along axis 1 of grid [4, 2] with padding 0, 0; it must be at most 2",
  ],
  ["a window of 0", [1, 4, 1], { window: 0 }, "window is [0]; it must be one integer ≥ 1 for each of the 1 axes of the grid"],
  [
    "too few strides",
    [1, 4, 4, 1],
    { window: 2, stride: [1] },
    "stride is [1]; it must be one integer ≥ 1 for each of the 2 axes of the grid",
  ],
  [
    "padding as large as the window",
    [1, 4, 1],
    { window: 2, padding: [[2, 0]] },
    "padding 2, 0 along axis 0 of grid [4] leaves a window of 2 without a cell; padding must be below the window",
  ],
  [
    "padding behind which the last window has no cell",
    [1, 4, 1],
    { window: 2, stride: 1, padding: [[0, 2]] },
    "padding 0, 2 along axis 0 of grid [4] leaves a window of 2 without a cell; padding must be below the window",
  ],
  [
    "an empty grid, even if padding makes room for a window",
    [1, 4, 0, 1],
    {
      window: 2,
      padding: [
        [0, 0],
        [1, 1],
      ],
    },
    "the grid [4, 0] is empty along axis 1; windows need at least one cell",
  ],
  [
    "negative padding",
    [1, 4, 1],
    { window: 2, padding: [[-1, 0]] },
    "padding is [-1, 0]; it must be one pair of integers ≥ 0 for each of the 1 axes of the grid",
  ],
];
