import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GatherLayout } from "../../src/backend.js";
import { lowerScatterAdd } from "../../src/wasm/lower-scatter-add.js";
import { runLaunch, testBuffer, testIndex, testTarget } from "./run-launch.js";

const drawn = fc.record({
  outer: fc.integer({ min: 0, max: 4 }),
  size: fc.integer({ min: 0, max: 9 }),
  inner: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(15, 32, 127, 131, 300)),
  count: fc.integer({ min: 0, max: 13 }),
  seed: fc.integer({ min: 1, max: 1000 }),
});

const targets = (["float32", "float64"] as const).flatMap((precision) => [1, 3].map((threads) => ({ precision, threads })));

describe.each(targets)("lowerScatterAdd, $precision, $threads parts", ({ precision, threads }) => {
  const target = testTarget(precision, threads);

  function scattered(layout: GatherLayout, x: readonly number[], index: readonly number[]): number[] {
    return Array.from(runLaunch(target, lowerScatterAdd(target, layout, testBuffer(x), testIndex(index))));
  }

  it("adds where positions repeat, and drops what is at −1", () => {
    const layout = { outer: 2, size: 3, inner: 1, count: 4 };
    expect(scattered(layout, [1, 2, 4, 8, 10, 20, 40, 80], [2, -1, 0, 0])).toEqual([12, 0, 1, 120, 0, 10]);
  });

  it("agrees with the loop for any sizes: sums of integers are exact", () => {
    fc.assert(
      fc.property(drawn, ({ seed, ...layout }) => {
        const { outer, size, inner, count } = layout;
        const x = Array.from({ length: outer * count * inner }, (_, i) => 1 + ((i * 37 + seed) % 1000));
        const index = Array.from({ length: count }, (_, k) => ((k * seed + (k >> 1)) % (size + 1)) - 1);
        const expected = new Array<number>(outer * size * inner).fill(0);
        for (let o = 0; o < outer; o++) {
          for (let k = 0; k < count; k++) {
            for (let i = 0; i < inner && index[k]! >= 0; i++)
              expected[(o * size + index[k]!) * inner + i]! += x[(o * count + k) * inner + i]!;
          }
        }
        expect(scattered(layout, x, index)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

it("sums in the order of positions, so parts do not change a bit", () => {
  const layout = { outer: 1, size: 5, inner: 2, count: 400 };
  const x = testBuffer(Array.from({ length: 800 }, (_, i) => Math.sin(i * i)));
  const index = testIndex(Array.from({ length: 400 }, (_, k) => (k * k) % 5));
  const [one, four] = [1, 4].map((threads) => {
    const target = testTarget("float32", threads);
    return runLaunch(target, lowerScatterAdd(target, layout, x, index));
  });
  expect(four).toEqual(one);
});
