import { ndarray } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { huber } from "../../src/sparsity/huber.js";
import { backend, expectLaws, trees, weights } from "../fixtures/trees.js";

describe("huber", () => {
  it("keeps every law", () => {
    const epsilons = fc.double({ min: 0.05, max: 2, noNaN: true });
    expectLaws(fc.tuple(weights, epsilons), ([lambda, epsilon]) => huber(lambda, { epsilon }), trees);
  });

  it("is a square near 0 and a line beyond, with slopes that meet", () => {
    const R = huber(1, { epsilon: 2 });
    // 1/4; 2²/4 = 1 = 2 − 1; 3 − 1
    expect([1, 2, -3].map((w) => R(ndarray(backend, [w])).item())).toEqual([0.25, 1, 2]);
    expect(R.gradient(ndarray(backend, [1, 1.999999, 2.000001, -3])).toArray()).toEqual(Float64Array.of(0.5, 0.9999995, 1, -1));
  });

  it("refuses ε = 0", () => {
    expect(() => huber(1, { epsilon: 0 })).toThrow(new RangeError("huber: epsilon is 0; it must be a finite number > 0"));
  });
});
