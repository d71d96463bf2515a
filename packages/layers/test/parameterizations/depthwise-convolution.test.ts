import { test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { describe, expect, test } from "vitest";
import { depthwiseConvolution } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";
import { convolutionCases } from "../stencils/convolution-cases.js";
import { dense, expectTags, values } from "../stencils/expect-stencil-model.js";
import { naiveConvolution } from "../stencils/naive-convolution.js";

const backend = cpu("float64");

describe("depthwiseConvolution", () => {
  property.prop([convolutionCases({ minWidth: 1 })], { numRuns: 15 })("is the convolution in as many groups as channels", (c) => {
    const { grid, kernel, boundary, stride, seed, groups: channelsIn, outPerGroup: multiplier } = c;
    const K = depthwiseConvolution([...grid, channelsIn], { kernel, boundary, stride, multiplier });
    const oracle = naiveConvolution([...grid, channelsIn], {
      kernel,
      boundary,
      stride,
      channels: channelsIn * multiplier,
      groups: channelsIn,
    });
    const report = checkParameterization(K, backend, { seed, examples: 2, oracle });
    expect(report.ok, String(report)).toBe(true);
    expectTags(K, seed);
  });

  test("by hand: two channels that do not mix, two stencils each", () => {
    const K = depthwiseConvolution([1, 2], { kernel: 1, multiplier: 2 });
    expect(dense(K, values([1, 2, 3, 4], [1, 1, 4]))).toEqual([
      [1, 0],
      [2, 0],
      [0, 3],
      [0, 4],
    ]);
  });

  test("refuses what does not fit", () => {
    expect(() => depthwiseConvolution([4, 2], { kernel: 5, boundary: "none" })).toThrow("does not fit into the grid [4]");
  });
});
