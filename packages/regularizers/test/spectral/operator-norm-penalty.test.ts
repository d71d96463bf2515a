import { convolution, denseMatrix, thinSvd } from "@paramat/layers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operatorNormPenalty } from "../../src/spectral/operator-norm-penalty.js";
import { expectLaws, normal, weights } from "../fixtures/trees.js";

describe("operatorNormPenalty", () => {
  it("keeps every law on a convolution and on a matrix", () => {
    const K = convolution([5, 2], { channels: 2, kernel: 3, boundary: "periodic" });
    const stencils = fc.integer({ min: 1, max: 99 }).map((seed) => ({ theta: normal(seed, 3, 2, 2) }));
    expectLaws(weights, (lambda) => operatorNormPenalty(K, lambda), stencils, {}, 3);
    const matrices = fc.integer({ min: 1, max: 99 }).map((seed) => normal(seed, 2, 3));
    expectLaws(weights, (lambda) => operatorNormPenalty(denseMatrix([3], [2]), lambda), matrices);
  });

  it("is half the square of the largest singular value", () => {
    const W = normal(3, 4, 3);
    const [largest] = thinSvd(W).sigma as unknown as [number];
    expect(operatorNormPenalty(denseMatrix([3], [4]), 2)(W).item()).toBeCloseTo(largest ** 2, 12);
  });
});
