import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { gridNeighbours } from "../../src/index.js";

describe("gridNeighbours", () => {
  const grids = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });

  property.prop([grids, fc.boolean()])("joins exactly the points one step apart, found by comparing all pairs", (grid, periodic) => {
    const points = grid.reduce<number[][]>((all, n) => all.flatMap((p) => Array.from({ length: n }, (_, x) => [...p, x])), [[]]);
    const distance = (a: number, b: number, n: number) => (periodic ? Math.min(Math.abs(a - b), n - Math.abs(a - b)) : Math.abs(a - b));
    const expected = points.flatMap((p, i) =>
      points.flatMap((q, j) =>
        p.reduce((s, x, axis) => s + distance(x, q[axis] as number, grid[axis] as number), 0) === 1 ? [[i, j]] : [],
      ),
    );
    expect(gridNeighbours(grid, { periodic })).toEqual(expected);
  });

  test("2×2 by hand", () => {
    expect(gridNeighbours([2, 2])).toEqual([
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 3],
      [2, 0],
      [2, 3],
      [3, 1],
      [3, 2],
    ]);
  });

  test("periodic on one axis only", () => {
    expect(gridNeighbours([3, 1], { periodic: [true, false] })).toEqual([
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 2],
      [2, 0],
      [2, 1],
    ]);
  });

  test("refuses an empty axis, and a list of another length", () => {
    expect(() => gridNeighbours([3, 0])).toThrow("gridNeighbours: the grid is [3, 0]; every size must be a positive integer");
    expect(() => gridNeighbours([3, 3], { periodic: [true] })).toThrow(
      "gridNeighbours: periodic has 1 entries, the grid [3, 3] has 2 axes",
    );
  });
});
