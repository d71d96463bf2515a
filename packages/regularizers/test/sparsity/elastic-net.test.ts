import { ndarray } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elasticNet } from "../../src/sparsity/elastic-net.js";
import { l1 } from "../../src/sparsity/l1.js";
import { tikhonov } from "../../src/tikhonov.js";
import { backend, expectLaws, normal, trees, weights } from "../fixtures/trees.js";

const shares = fc.double({ min: 0, max: 1, noNaN: true });

describe("elasticNet", () => {
  it("keeps every law, exact and smoothed", () => {
    expectLaws(fc.tuple(weights, shares), ([lambda, share]) => elasticNet(lambda, { share }), trees);
    expectLaws(fc.tuple(weights, shares), ([lambda, share]) => elasticNet(lambda, { share, epsilon: 0.3 }), trees, {}, 3);
  });

  it("is ℓ1 at one end and Tikhonov at the other, in value and proximal map", () => {
    const W = normal(1, 5);
    for (const [share, other] of [
      [1, l1(0.3)],
      [0, tikhonov(0.3)],
    ] as const) {
      const R = elasticNet(0.3, { share, epsilon: 0 });
      expect(R(W).item()).toBeCloseTo(other(W).item(), 14);
      R.prox(W, 0.7)
        .toArray()
        .forEach((x, i) => expect(x).toBeCloseTo(other.prox(W, 0.7).toArray()[i] as number, 14));
    }
  });

  it("shrinks and thresholds by hand", () => {
    // (4 − 1)/2 and (1 − 1)/2 with λτρ = 1 and λτ(1 − ρ) = 1
    expect(
      elasticNet(2)
        .prox(ndarray(backend, [4, 1]), 1)
        .toNested(),
    ).toEqual([1.5, 0]);
  });

  it("refuses a share outside 0 … 1", () => {
    expect(() => elasticNet(1, { share: 2 })).toThrow(new RangeError("elasticNet: share is 2; it must be a number from 0 to 1"));
  });
});
