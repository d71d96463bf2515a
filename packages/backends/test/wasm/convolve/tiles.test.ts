import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tileRuns } from "../../../src/wasm/convolve/tiles.js";

describe("tileRuns", () => {
  it("covers the rows once, in order, in the fewest tiles, of two heights that differ by one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 32 }), (size, most) => {
        let next = 0;
        const runs = tileRuns(size, most);
        for (const { rows, count, first } of runs) {
          expect(first).toBe(next);
          expect(rows).toBeLessThanOrEqual(most);
          next += rows * count;
        }
        expect(next).toBe(size);
        expect(runs.reduce((sum, { count }) => sum + count, 0)).toBe(Math.ceil(size / most));
        if (runs.length === 2) expect(runs[0]!.rows - runs[1]!.rows).toBe(1);
      }),
    );
  });

  it("14 rows of at most 4: 4, 4, 3, 3", () => {
    expect(tileRuns(14, 4)).toEqual([
      { rows: 4, count: 2, first: 0 },
      { rows: 3, count: 2, first: 8 },
    ]);
  });
});
