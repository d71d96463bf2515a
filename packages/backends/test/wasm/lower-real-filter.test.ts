import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerRealFft } from "../../src/wasm/lower-real-fft.js";
import { lowerRealFilter } from "../../src/wasm/lower-real-filter.js";
import { runLaunch, testBuffer, testTarget } from "./run-launch.js";

const count = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

function drawn(length: number, seed: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => Math.fround(Math.sin(5.1 * (i + 1) * (seed + 1.3)) * 2));
}

const cases = fc
  .record({
    lead: fc.integer({ min: 0, max: 21 }),
    before: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }),
    n: fc.integer({ min: 2, max: 19 }),
    inner: fc.constantFrom(1, 1, 2, 5),
    conjugate: fc.boolean(),
    allAxes: fc.boolean(),
    threads: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ lead, before, n, inner, allAxes, ...rest }) => {
    const shape = [lead, ...before, n, ...(inner > 1 ? [inner] : [])];
    const last = before.length + 1;
    const axes = allAxes ? Array.from({ length: last }, (_, a) => a + 1) : [last];
    return { shape, axes, ...rest };
  });

describe.each(["float32", "float64"] as const)("real filter on %s", (precision) => {
  const epsilon = precision === "float32" ? 2 ** -23 : 2 ** -52;

  it("is the transform, the product at each frequency, and the transform back, for any number of parts", () => {
    fc.assert(
      fc.property(cases, ({ shape, axes, conjugate, threads }) => {
        const target = testTarget(precision, threads);
        const [lead = 0] = shape;
        const last = axes.at(-1)!;
        const half = count(shape.with(last, (shape[last]! >> 1) + 1)) / Math.max(1, lead);
        const spectrum = drawn(2 * half, 3);
        const x = drawn(count(shape), 1);
        const found = runLaunch(target, lowerRealFilter(target, shape, axes, conjugate, testBuffer(x), testBuffer(spectrum)));
        const waves = runLaunch(target, lowerRealFft(target, shape, axes, false, testBuffer(x)));
        const products = waves.map((re, i) => {
          const [k, size] = [i % half, lead * half];
          const [a, b] = [spectrum[k]!, (conjugate ? -1 : 1) * spectrum[half + k]!];
          return i < size ? re * a - waves[i + size]! * b : waves[i]! * a + waves[i - size]! * b;
        });
        const want = runLaunch(target, lowerRealFft(target, shape, axes, true, testBuffer(products)));
        const bound = 8 * epsilon * (2 + Math.log2(half)) * Math.max(1, ...want.map(Math.abs));
        expect(found.length).toBe(want.length);
        found.forEach((value, i) => {
          expect(Math.abs(value - want[i]!), `at ${i}`).toBeLessThan(bound);
        });
      }),
      { numRuns: 25 },
    );
  });

  it("gives the same bits for any number of parts", () => {
    const [one, three] = [1, 3].map((threads) => {
      const target = testTarget(precision, threads);
      return runLaunch(target, lowerRealFilter(target, [23, 12], [1], false, testBuffer(drawn(276, 1)), testBuffer(drawn(14, 2))));
    });
    expect(three).toEqual(one);
  });

  it("delays [1, 2, 3, 4] by one, which is multiplying by e^{−2πik/4}", () => {
    const target = testTarget(precision);
    const found = runLaunch(
      target,
      lowerRealFilter(target, [1, 4], [1], false, testBuffer([1, 2, 3, 4]), testBuffer([1, 0, -1, 0, -1, 0])),
    );
    [4, 1, 2, 3].forEach((want, i) => {
      expect(found[i]).toBeCloseTo(want, 6);
    });
  });
});
