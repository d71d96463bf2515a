import { mapLeaves, mul, ndarray } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { l1 } from "../../src/sparsity/l1.js";
import { backend, expectLaws, trees, weights } from "../fixtures/trees.js";

describe("l1", () => {
  it("keeps every law, exact and smoothed", () => {
    expectLaws(weights, (lambda) => l1(lambda), trees);
    const epsilons = fc.double({ min: 0.05, max: 2, noNaN: true });
    expectLaws(fc.tuple(weights, epsilons), ([lambda, epsilon]) => l1(lambda, { epsilon }), trees);
  });

  it("smooths |w| from below, by ε at most", () => {
    const W = ndarray(backend, [3, -4, 0, 1e-9]);
    // √(9 + 16) − 4 for 3, √(16 + 16) − 4 for −4; w²/(2ε) close to 0, to all digits
    const found = l1(1, { epsilon: 4 });
    expect(found(W).item()).toBeCloseTo(1 + Math.sqrt(32) - 4, 14);
    expect(found(ndarray(backend, [1e-9])).item()).toBeCloseTo(1.25e-19, 30);
    expect([l1(1)(W).item(), found.prox]).toEqual([7 + 1e-9, undefined]);
  });

  it("thresholds softly, a corner for a corner", () => {
    const W = ndarray(backend, [3, -0.5, 1, -2, 0]);
    expect(l1(2).prox(W, 0.5).toNested()).toEqual([2, -0, 0, -1, 0]);
    // Step by a value, as a compiled loop passes it
    expect(l1(2).prox(W, ndarray(backend, 0.5)).toNested()).toEqual([2, -0, 0, -1, 0]);
    // Leaves that are not selected stay
    const tree = { a: W, b: W };
    const moved = l1(2, { select: (path) => path === ".a" }).prox?.(tree, 0.5) as typeof tree;
    expect(moved.b.toNested()).toEqual(W.toNested());
  });

  it("has slope 0 at 0", () => {
    expect(
      l1(2)
        .gradient(ndarray(backend, [0, 3]))
        .toNested(),
    ).toEqual([0, 2]);
    expect(mapLeaves(l1(0).prox(ndarray(backend, [4]), 1), (w) => mul(w, 1)).toNested()).toEqual([4]);
  });

  it("refuses a negative ε", () => {
    expect(() => l1(1, { epsilon: -1 })).toThrow(new RangeError("l1: epsilon is -1; it must be a finite number ≥ 0"));
  });
});
