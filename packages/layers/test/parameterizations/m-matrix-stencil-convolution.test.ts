import { test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { mMatrixStencilConvolution, nonNegative } from "../../src/index.js";
import { convolutionCases } from "../stencils/convolution-cases.js";
import { dense, expectStencilModel, values } from "../stencils/expect-stencil-model.js";
import { flatIndex } from "../stencils/naive-convolution.js";

const backend = cpu("float64");

describe("mMatrixStencilConvolution", () => {
  property.prop([convolutionCases({ minWidth: 2, oddOnly: true })], { numRuns: 15 })(
    "is the convolution with −η off the middle and Ση there",
    (c) => {
      expectStencilModel(mMatrixStencilConvolution, c, (eta, j, kernel) => {
        const flat = flatIndex(j, kernel);
        const middle = (kernel.reduce((a, b) => a * b, 1) - 1) / 2;
        if (flat === middle) return eta.reduce((a, b) => a + b, 0);
        return -eta[flat < middle ? flat : flat - 1]!;
      });
    },
  );

  test("by hand: equal weights of the four neighbours give the 5-point Laplacian", () => {
    const K = mMatrixStencilConvolution([3, 3, 1], { channels: 1, kernel: 3 });
    expect(K.tags).toContain("mMatrix");
    expect(dense(K, values([0, 1, 0, 1, 1, 0, 1, 0], [8, 1, 1]))[4]!.map((x) => x + 0)).toEqual([0, -1, 0, -1, 4, -1, 0, -1, 0]);
  });

  test("starts inside the constraint and re-discretizes into it", () => {
    const K = mMatrixStencilConvolution([8, 2], { channels: 3, kernel: 3 });
    expect(K.constraint).toBe(nonNegative);
    expect(
      K.init(rng(1), backend)
        .toArray()
        .every((x: number) => x > 0),
    ).toBe(true);
    const eta = values([1, 20], [2, 1, 1]);
    const one = mMatrixStencilConvolution([8, 1], { channels: 1, kernel: 3 });
    // θ = [−1, 21, −20] = −9.5·[−1, 0, 1] + 10.5·[−1, 2, −1]; at half the points −4.75·[−1, 0, 1] + 2.625·[−1, 2, −1], so η = [−2.125, 7.375],
    // and the nearest η ≥ 0 is [0, 7.375].
    const coarse = one.rediscretize(eta, { from: 16, to: 8 }).toArray();
    expect(coarse[0]).toBe(0);
    expect(coarse[1]).toBeCloseTo(7.375, 12);
    expect(
      one
        .rediscretize(eta, { from: 8, to: 16 })
        .toArray()
        .every((x: number) => x >= 0),
    ).toBe(true);
  });

  test("claims no M-matrix where signs turn or channels mix", () => {
    expect(mMatrixStencilConvolution([5, 1], { channels: 1, kernel: 3, boundary: "antisymmetric" }).tags ?? []).not.toContain("mMatrix");
    expect(mMatrixStencilConvolution([5, 2], { channels: 2, kernel: 3 }).tags ?? []).not.toContain("mMatrix");
  });

  test("refuses even widths", () => {
    expect(() => mMatrixStencilConvolution([5, 1], { channels: 1, kernel: 2 })).toThrow(
      "mMatrixStencilConvolution: the kernel is [2]; every width must be odd",
    );
  });
});
