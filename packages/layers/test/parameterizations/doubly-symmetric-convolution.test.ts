import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { doublySymmetricConvolution } from "../../src/index.js";
import { convolutionCases } from "../stencils/convolution-cases.js";
import { dense, expectStencilModel, values } from "../stencils/expect-stencil-model.js";
import { flatIndex } from "../stencils/naive-convolution.js";

describe("doublySymmetricConvolution", () => {
  property.prop([convolutionCases({ minWidth: 1 })], { numRuns: 15 })("is the convolution with its reflected quadrant", (c) => {
    expectStencilModel(doublySymmetricConvolution, c, (eta, j, kernel) => {
      const quadrant = kernel.map((w) => Math.ceil(w / 2));
      return eta[
        flatIndex(
          j.map((x, axis) => (x < quadrant[axis]! ? x : kernel[axis]! - 1 - x)),
          quadrant,
        )
      ]!;
    });
  });

  test("3×3 by hand: corner, two sides, centre", () => {
    const K = doublySymmetricConvolution([3, 3, 1], { channels: 1, kernel: 3 });
    expect([K.numParams, K.thetaShape]).toEqual([4, [2, 2, 1, 1]]);
    expect(K.tags).toContain("symmetric");
    // The middle row of the matrix is the whole stencil, from last to first, which is the same here.
    expect(dense(K, values([1, 2, 3, 4], [2, 2, 1, 1]))[4]).toEqual([1, 2, 1, 3, 4, 3, 1, 2, 1]);
  });

  test("4 parameters instead of 9 for each pair of channels", () => {
    expect(doublySymmetricConvolution([8, 8, 3], { channels: 5, kernel: 3 }).numParams).toBe(4 * 15);
  });

  test("claims no symmetry where there is none", () => {
    expect(doublySymmetricConvolution([5, 2], { channels: 2, kernel: 3 }).tags ?? []).not.toContain("symmetric");
    expect(doublySymmetricConvolution([5, 1], { channels: 1, kernel: 3, boundary: "reflect" }).tags ?? []).not.toContain("symmetric");
    expect(doublySymmetricConvolution([5, 1], { channels: 1, kernel: 3, stride: 2 }).tags ?? []).not.toContain("symmetric");
  });
});
