import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { values } from "../../src/laws/values.js";
import type { Target } from "../../src/wasm/kernel.js";
import { lowerScan } from "../../src/wasm/lower-scan.js";
import { runLaunch, testBuffer, testTarget } from "./run-launch.js";

type Sizes = readonly [outer: number, size: number, inner: number];

/** Small whole numbers, so that sums are exact in every order. */
function verify(target: Target, [outer, size, inner]: Sizes, reverse: boolean, seed = 1): void {
  const x = values(outer * size * inner, seed).map((value) => Math.round(8 * value));
  const want = new Array<number>(x.length).fill(0);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let sum = 0;
      for (let n = 0; n < size; n++) {
        const at = (o * size + (reverse ? size - 1 - n : n)) * inner + i;
        sum += x[at]!;
        want[at] = sum;
      }
    }
  }
  const got = runLaunch(target, lowerScan(target, outer, size, inner, reverse, testBuffer(x)));
  expect(Array.from(got, (value) => value + 0)).toEqual(want.map((value) => value + 0));
}

describe.each([testTarget("float32"), testTarget("float32", 3), testTarget("float64"), testTarget("float64", 3)])(
  "$numbers.precision in $threads parts",
  (target) => {
    test.each([
      [1, 10_001, 1],
      [300, 13, 1],
      [3, 50, 10],
      [2, 20, 77],
      [700, 1, 3],
      [5, 3, 2],
    ] as const)("[%d, %d, %d] from either end", (...sizes) => {
      verify(target, sizes, false);
      verify(target, sizes, true);
    });

    test("any sizes", () => {
      const sizes = fc.tuple(fc.nat(5), fc.nat(12), fc.nat(40));
      fc.assert(
        fc.property(sizes, fc.boolean(), fc.nat(), (drawn, reverse, seed) => verify(target, drawn, reverse, seed)),
        { numRuns: 40 },
      );
    });
  },
);

test("1, 2, 3, 4, 5 from either end", () => {
  const target = testTarget("float32");
  const run = (reverse: boolean): number[] => [...runLaunch(target, lowerScan(target, 1, 5, 1, reverse, testBuffer([1, 2, 3, 4, 5])))];
  expect(run(false)).toEqual([1, 3, 6, 10, 15]);
  expect(run(true)).toEqual([15, 14, 12, 9, 5]);
});

test("the running error of a float32 sum stays within one rounding for each entry", () => {
  const target = testTarget("float32");
  const x = Float32Array.from(values(20_000, 9), (value) => value + 1.5);
  const got = runLaunch(target, lowerScan(target, 1, x.length, 1, false, testBuffer(x as unknown as number[])));
  let exact = 0;
  for (const [k, value] of x.entries()) {
    exact += value;
    expect(Math.abs(got[k]! - exact)).toBeLessThanOrEqual((k + 4) * 2 ** -24 * exact);
  }
});
