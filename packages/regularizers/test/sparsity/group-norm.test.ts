import { ndarray } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupNorm } from "../../src/sparsity/group-norm.js";
import { backend, expectLaws, normal, trees, weights } from "../fixtures/trees.js";

describe("groupNorm", () => {
  it("keeps every law, along the first and the last axis, exact and smoothed", () => {
    const settings = fc.tuple(weights, fc.constantFrom(0, -1));
    expectLaws(settings, ([lambda, axis]) => groupNorm(lambda, { axis }), trees);
    expectLaws(settings, ([lambda, axis]) => groupNorm(lambda, { axis, epsilon: 0.4 }), trees, {}, 3);
  });

  it("sums the lengths of groups, weighted by the root of their size", () => {
    const W = ndarray(backend, [
      [3, 0],
      [4, 1],
    ]);
    expect(groupNorm()(W).item()).toBeCloseTo(Math.SQRT2 * (5 + 1), 14);
    expect(groupNorm(1, { axis: 0 })(W).item()).toBeCloseTo(Math.SQRT2 * (3 + Math.sqrt(17)), 14);
  });

  it("sets whole channels to 0, also one that is 0 already", () => {
    const theta = ndarray(backend, [0.1, 3, 0, -0.1, 4, 0], [2, 1, 3]);
    // √2 τ = 1 off each length: 0.14 → 0, 5 → 4, 0 → 0
    const moved = groupNorm().prox(theta, Math.SQRT1_2).toArray();
    [0, 2.4, 0, 0, 3.2, 0].forEach((x, i) => expect(moved[i]).toBeCloseTo(x, 14));
  });

  it("refuses an axis that is not there", () => {
    expect(() => groupNorm(1, { axis: 2 })(normal(1, 2, 2))).toThrow("groupNorm");
  });
});
