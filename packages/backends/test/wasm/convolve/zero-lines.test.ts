import { setFlagsFromString } from "node:v8";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConvGeometry } from "../../../src/backend.js";
import { count } from "../../../src/laws/multi-index.js";
import { values } from "../../../src/laws/values.js";
import { lowerConvolve } from "../../../src/wasm/lower-convolve.js";
import { convolveNaively, operandLengths } from "../convolve-reference.js";
import { runLaunch, testBuffer, testTarget } from "../run-launch.js";

// Read when the first module is compiled.
setFlagsFromString("--experimental-wasm-relaxed-simd");

const axis = fc.record({
  size: fc.integer({ min: 1, max: 14 }),
  kernel: fc.integer({ min: 1, max: 5 }),
  stride: fc.constantFrom(1, 1, 1, 2),
  dilation: fc.constantFrom(1, 1, 2),
});

const cases = fc
  .record({
    examples: fc.integer({ min: 1, max: 3 }),
    axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
    groups: fc.constantFrom(1, 1, 2),
    inPerGroup: fc.constantFrom(1, 2, 5),
    outPerGroup: fc.constantFrom(1, 3, 8, 11),
    lines: fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
  })
  .filter(({ examples, axes, groups, inPerGroup, outPerGroup }) => {
    return axes.reduce((product, { size, kernel }) => product * size * kernel, examples) * groups * inPerGroup * outPerGroup < 40_000;
  })
  .map(({ examples, axes, groups, inPerGroup, outPerGroup, lines }): ConvGeometry & { zeroLines: readonly [number, number] } => {
    const grid = axes.map(({ size }) => size);
    const most = grid.at(-2) ?? 0;
    return {
      examples,
      grid,
      kernel: axes.map(({ kernel }) => kernel),
      stride: axes.map(({ stride }) => stride),
      dilation: axes.map(({ dilation }) => dilation),
      groups,
      channelsIn: groups * inPerGroup,
      channelsOut: groups * outPerGroup,
      zeroLines: [Math.min(lines[0], most), Math.min(lines[1], most - Math.min(lines[0], most))],
    };
  });

/** y with 0 in the lines that are said to be. */
function bordered(
  y: readonly number[],
  { grid, channelsIn, zeroLines: [before, after] }: ConvGeometry & { zeroLines: readonly [number, number] },
) {
  const lines = grid.at(-2)!;
  const length = (grid.at(-1) as number) * channelsIn;
  return y.map((x, i) => {
    const line = Math.floor(i / length) % lines;
    return grid.length > 1 && (line < before || line >= lines - after) ? 0 : x;
  });
}

describe.each([
  ["float32", false],
  ["float32", true],
  ["float64", true],
] as const)("lines known to be 0, %s, relaxed %s", (precision, relaxed) => {
  it.each(["apply", "jacobianTranspose"] as const)("change nothing in %s, for any geometry and number of parts", (which) => {
    fc.assert(
      fc.property(cases, fc.constantFrom(1, 3), fc.nat(), (geometry, threads, seed) => {
        const target = testTarget(precision, threads, relaxed);
        const operands = operandLengths(which, geometry).map((length, i) => values(length, seed + i).map(Math.fround));
        const y = which === "apply" ? 1 : 0;
        operands[y] = bordered(operands[y]!, geometry);
        const [a, b] = operands as [number[], number[]];
        const got = runLaunch(target, lowerConvolve(target, which, geometry, testBuffer(a), testBuffer(b)));
        const want = convolveNaively(which, geometry, a, b);
        const terms = which === "apply" ? count(geometry.kernel) * geometry.channelsIn : geometry.examples * count(geometry.grid);
        const allowed = 4 * (1 + terms) * (precision === "float32" ? 2 ** -23 : 2 ** -52);
        want.forEach((x, i) => expect(Math.abs(got[i]! - x)).toBeLessThanOrEqual(allowed));
      }),
      { numRuns: 120 },
    );
  });
});

it("products with those lines are left out: an infinite weight meets none of their zeros", () => {
  const geometry: ConvGeometry = {
    examples: 1,
    grid: [6, 8],
    kernel: [3, 3],
    stride: [1, 1],
    dilation: [1, 1],
    groups: 1,
    channelsIn: 1,
    channelsOut: 4,
    zeroLines: [2, 0],
  };
  const target = testTarget("float32");
  // For the first line of the result the last taps meet line 0, of zeros, the middle ones line 1, and the first ones line 2, of ones.
  const theta = Array.from({ length: 36 }, (_, i) => (i >= 24 ? Number.POSITIVE_INFINITY : 1));
  const y = Array.from({ length: 48 }, (_, i) => (i < 16 ? 0 : 1));
  const z = runLaunch(target, lowerConvolve(target, "apply", geometry, testBuffer(theta), testBuffer(y)));
  expect(Array.from(z.slice(0, 4))).toEqual([3, 3, 3, 3]);
  expect(z.at(-1)).toBe(Number.POSITIVE_INFINITY);
});
