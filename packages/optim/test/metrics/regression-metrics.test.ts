import { cpu } from "@paramat/backends";
import { ndarray, ShapeError } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanSquaredError } from "../../src/metrics/mean-squared-error.js";
import { type Metric, score } from "../../src/metrics/metric.js";
import { rSquared } from "../../src/metrics/r-squared.js";

const column = (numbers: readonly number[], width = 1) => ({ shape: [numbers.length / width, width], numbers });
const inTwo = (metric: Metric<number>, output: readonly number[], target: readonly number[], cut: number, width: number) =>
  metric
    .add(column(output.slice(0, cut), width), column(target.slice(0, cut), width))
    .add(column(output.slice(cut), width), column(target.slice(cut), width))
    .value();

describe("meanSquaredError and rSquared", () => {
  it("are what two loops over all numbers give, in any batches", () => {
    const number = fc.double({ min: -10, max: 10, noNaN: true });
    const examples = fc.integer({ min: 1, max: 3 }).chain((width) =>
      fc
        .array(
          fc.tuple(fc.array(number, { minLength: width, maxLength: width }), fc.array(number, { minLength: width, maxLength: width })),
          {
            minLength: 2,
            maxLength: 10,
          },
        )
        .map((rows) => ({ width, rows })),
    );
    fc.assert(
      fc.property(examples, fc.nat(10), ({ width, rows }, at) => {
        const [output, target] = [rows.flatMap((r) => r[0]), rows.flatMap((r) => r[1])];
        const means = Array.from({ length: width }, (_, j) => rows.reduce((sum, r) => sum + (r[1][j] as number), 0) / rows.length);
        const residual = output.reduce((sum, y, i) => sum + (y - (target[i] as number)) ** 2, 0);
        const total = target.reduce((sum, t, i) => sum + (t - (means[i % width] as number)) ** 2, 0);
        const cut = width * Math.min(at, rows.length);
        expect(inTwo(meanSquaredError, output, target, cut, width)).toBeCloseTo(residual / output.length, 10);
        if (total > 1e-6) {
          const found = inTwo(rSquared, output, target, cut, width);
          expect(Math.abs(found - (1 - residual / total))).toBeLessThan(1e-10 * (1 + residual / total) * (1 + 1 / total));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("by hand: sklearn's examples", async () => {
    const [target, output] = [column([3, -0.5, 2, 7]), column([2.5, 0, 2, 8])];
    expect(meanSquaredError.add(output, target).value()).toBe(0.375);
    // 1 − 1.5/29.1875
    expect(rSquared.add(output, target).value()).toBeCloseTo(0.9486081370449679, 14);
    const backend = cpu("float64");
    expect(await score(meanSquaredError, ndarray(backend, [2.5, 0, 2, 8]), ndarray(backend, [3, -0.5, 2, 7]))).toBe(0.375);
  });

  it("keeps the digits of targets about a large mean", () => {
    // Σt² − (Σt)²/n would lose all of them: 1e9 squared has an ulp of 128.
    const target = column([1e9, 1e9 + 1, 1e9 + 2]);
    const output = column([1e9, 1e9 + 1, 1e9 + 3]);
    expect(rSquared.add(output, target).value()).toBeCloseTo(0.5, 6);
  });

  it("say NaN where there is nothing to say, and of NaN", () => {
    expect([meanSquaredError.value(), rSquared.value()]).toEqual([Number.NaN, Number.NaN]);
    expect(rSquared.add(column([1, 1]), column([1, 1])).value()).toBeNaN();
    expect(rSquared.add(column([1, 2]), column([1, 1])).value()).toBe(Number.NEGATIVE_INFINITY);
    expect(meanSquaredError.add(column([Number.NaN]), column([1])).value()).toBeNaN();
  });

  it("refuse other shapes", () => {
    expect(() => meanSquaredError.add(column([1, 2]), column([1, 2], 2))).toThrow(
      new ShapeError("meanSquaredError: output is [2, 1], target is [1, 2]; both must be [examples, ...] of the same shape"),
    );
    expect(() => rSquared.add(column([1]), column([1])).add(column([1, 2], 2), column([1, 2], 2))).toThrow(ShapeError);
  });
});
