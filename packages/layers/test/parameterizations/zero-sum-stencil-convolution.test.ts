import { test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ones, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { zeroSumStencilConvolution } from "../../src/index.js";
import { convolutionCases } from "../stencils/convolution-cases.js";
import { dense, expectStencilModel, values } from "../stencils/expect-stencil-model.js";
import { flatIndex } from "../stencils/naive-convolution.js";

describe("zeroSumStencilConvolution", () => {
  property.prop([convolutionCases({ minWidth: 2 })], { numRuns: 15 })("is the convolution with η off the middle and −Ση there", (c) => {
    expectStencilModel(zeroSumStencilConvolution, c, (eta, j, kernel) => {
      const flat = flatIndex(j, kernel);
      const middle = flatIndex(
        kernel.map((w) => Math.floor(w / 2)),
        kernel,
      );
      if (flat === middle) return -eta.reduce((a, b) => a + b, 0);
      return eta[flat < middle ? flat : flat - 1]!;
    });
  });

  test("by hand, width 3, and width 2, where the middle multiplies y_i", () => {
    const three = zeroSumStencilConvolution([3, 1], { channels: 1, kernel: 3 });
    expect(dense(three, values([1, 4], [2, 1, 1]))).toEqual([
      [-5, 1, 0],
      [4, -5, 1],
      [0, 4, -5],
    ]);
    const two = zeroSumStencilConvolution([3, 1], { channels: 1, kernel: 2, boundary: "replicate" });
    expect(dense(two, values([2], [1, 1, 1]))).toEqual([
      [-2, 2, 0],
      [0, -2, 2],
      [0, 0, 0],
    ]);
  });

  test.each(["periodic", "reflect", "symmetric", "replicate"] as const)("constants go to zero: %s", (boundary) => {
    const K = zeroSumStencilConvolution([4, 5, 2], { channels: 3, kernel: [3, 5], boundary });
    const backend = cpu("float64");
    const z = K.apply(K.init(rng(1), backend), ones(backend, [1, 4, 5, 2])).toArray();
    expect(Math.max(...z.map(Math.abs))).toBeLessThan(1e-13);
  });

  test("refuses a kernel of one point", () => {
    expect(() => zeroSumStencilConvolution([5, 1], { channels: 1, kernel: 1 })).toThrow(
      "zeroSumStencilConvolution: the kernel is [1]; it must have 2 points or more",
    );
  });
});
