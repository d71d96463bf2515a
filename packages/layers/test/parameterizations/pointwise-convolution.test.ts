import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { pointwiseConvolution } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";
import { applyBlocks } from "../../src/structure/apply-blocks.js";
import { dense, values } from "../stencils/expect-stencil-model.js";

const backend = cpu("float64");

describe("pointwiseConvolution", () => {
  property.prop(
    [
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 1e6 }),
    ],
    { numRuns: 15 },
  )("is the same small matrix at every point", (grid, channelsIn, channels, seed) => {
    const K = pointwiseConvolution([...grid, channelsIn], { channels });
    const points = grid.reduce((a, b) => a * b, 1);
    const oracle = (theta: ArrayLike<number>) => {
      const matrix = new Float64Array(points * channels * points * channelsIn);
      for (let p = 0; p < points; p++) {
        for (let o = 0; o < channels; o++) {
          for (let c = 0; c < channelsIn; c++) {
            matrix[(p * channels + o) * points * channelsIn + p * channelsIn + c] = theta[c * channels + o]!;
          }
        }
      }
      return matrix;
    };
    const report = checkParameterization(K, backend, { seed, examples: 2, oracle });
    expect(report.ok, String(report)).toBe(true);
    const stream = rng(seed);
    const theta = K.init(stream, backend);
    const y = ndarray(
      backend,
      Float64Array.from({ length: 2 * points * channelsIn }, () => stream.normal()),
      [2, ...grid, channelsIn],
    );
    const byBlocks = applyBlocks(K.blockForm!, theta, y).toArray();
    K.apply(theta, y)
      .toArray()
      .forEach((x: number, i: number) => expect(x).toBeCloseTo(byBlocks[i]!, 12));
  });

  test("by hand: two channels in, one out, every second point", () => {
    const K = pointwiseConvolution([3, 2], { channels: 1, stride: 2 });
    expect(K.blockForm).toBeUndefined();
    expect(dense(K, values([1, 10], [1, 2, 1]))).toEqual([
      [1, 10, 0, 0, 0, 0],
      [0, 0, 0, 0, 1, 10],
    ]);
  });

  test("is the same on every grid", () => {
    const theta = values([1, 10], [1, 2, 1]);
    expect(pointwiseConvolution([3, 2], { channels: 1 }).rediscretize(theta, { from: 3, to: 6 })).toBe(theta);
  });

  test("refuses groups that do not divide the channels", () => {
    expect(() => pointwiseConvolution([3, 2], { channels: 3, groups: 2 })).toThrow(
      "convolution: 2 groups do not divide 2 input and 3 output channels",
    );
  });
});
