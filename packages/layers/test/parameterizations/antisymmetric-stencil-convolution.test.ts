import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { antisymmetricStencilConvolution } from "../../src/index.js";
import { convolutionCases } from "../stencils/convolution-cases.js";
import { dense, expectStencilModel, values } from "../stencils/expect-stencil-model.js";
import { flatIndex } from "../stencils/naive-convolution.js";

describe("antisymmetricStencilConvolution", () => {
  property.prop([convolutionCases({ minWidth: 2 })], { numRuns: 15 })("is the convolution with θ₋ⱼ = −θⱼ", (c) => {
    expectStencilModel(antisymmetricStencilConvolution, c, (eta, j, kernel) => {
      const taps = kernel.reduce((a, b) => a * b, 1);
      const flat = flatIndex(j, kernel);
      if (2 * flat === taps - 1) return 0;
      return 2 * flat < taps ? eta[flat]! : -eta[taps - 1 - flat]!;
    });
  });

  test("3×3 by hand", () => {
    const K = antisymmetricStencilConvolution([3, 3, 1], { channels: 1, kernel: 3, boundary: "periodic" });
    expect(K.numParams).toBe(4);
    expect(K.tags).toContain("antisymmetric");
    // θ = [1 2 3; 4 0 −4; −3 −2 −1], which the middle row of the matrix holds from last to first.
    expect(dense(K, values([1, 2, 3, 4], [4, 1, 1]))[4]).toEqual([-1, -2, -3, -4, 0, 4, 3, 2, 1]);
  });

  test("claims antisymmetry only with boundaries that keep it", () => {
    expect(antisymmetricStencilConvolution([5, 1], { channels: 1, kernel: 3, boundary: "symmetric" }).tags ?? []).not.toContain(
      "antisymmetric",
    );
  });

  test("refuses a kernel of one point", () => {
    expect(() => antisymmetricStencilConvolution([5, 1], { channels: 1, kernel: 1 })).toThrow(
      "antisymmetricStencilConvolution: the kernel is [1]; it must have 2 points or more",
    );
  });
});
