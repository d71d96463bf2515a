import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GatherLayout } from "../../src/backend.js";
import { lowerGather } from "../../src/wasm/lower-gather.js";
import { runLaunch, testBuffer, testIndex, testTarget } from "./run-launch.js";

const drawn = fc.record({
  outer: fc.integer({ min: 0, max: 4 }),
  size: fc.integer({ min: 0, max: 9 }),
  inner: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(15, 32, 127, 130, 300)),
  count: fc.integer({ min: 0, max: 13 }),
  seed: fc.integer({ min: 1, max: 1000 }),
});

const targets = (["float32", "float64"] as const).flatMap((precision) => [1, 3].map((threads) => ({ precision, threads })));

describe.each(targets)("lowerGather, $precision, $threads parts", ({ precision, threads }) => {
  const target = testTarget(precision, threads);

  function gathered(layout: GatherLayout, x: readonly number[], index: readonly number[]): number[] {
    return Array.from(runLaunch(target, lowerGather(target, layout, testBuffer(x), testIndex(index))));
  }

  it("reads through positions, and 0 at −1", () => {
    const layout = { outer: 2, size: 3, inner: 1, count: 4 };
    expect(gathered(layout, [1, 2, 3, 4, 5, 6], [2, -1, 0, 0])).toEqual([3, 0, 1, 1, 6, 0, 4, 4]);
  });

  it("agrees with the loop for any sizes", () => {
    fc.assert(
      fc.property(drawn, ({ seed, ...layout }) => {
        const { outer, size, inner, count } = layout;
        const x = Array.from({ length: outer * size * inner }, (_, i) => 1 + ((i * 37 + seed) % 1000));
        const index = Array.from({ length: count }, (_, k) => ((k * seed + (k >> 1)) % (size + 1)) - 1);
        const expected: number[] = [];
        for (let o = 0; o < outer; o++) {
          for (let k = 0; k < count; k++) {
            for (let i = 0; i < inner; i++) expected.push(index[k] === -1 ? 0 : x[(o * size + index[k]!) * inner + i]!);
          }
        }
        expect(gathered(layout, x, index)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps infinities and NaN", () => {
    expect(gathered({ outer: 1, size: 3, inner: 1, count: 3 }, [NaN, -Infinity, 1], [0, 1, -1])).toEqual([NaN, -Infinity, 0]);
  });
});

it("gives two sizes two keys", () => {
  const target = testTarget("float32");
  const key = (layout: GatherLayout) => lowerGather(target, layout, testBuffer([]), testIndex([])).key;
  expect(key({ outer: 1, size: 11, inner: 1, count: 1 })).not.toBe(key({ outer: 11, size: 1, inner: 1, count: 1 }));
});
