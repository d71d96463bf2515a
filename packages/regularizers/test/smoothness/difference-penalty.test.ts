import { boundaries, full, ndarray } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differencePenalty, gradientPenalty } from "../../src/smoothness/difference-penalty.js";
import { backend, expectLaws, normal, trees, weights } from "../fixtures/trees.js";

describe("differencePenalty", () => {
  it("keeps every law, for orders 1 to 4 with each boundary", () => {
    const settings = fc.record({ lambda: weights, order: fc.integer({ min: 1, max: 4 }), boundary: fc.constantFrom(...boundaries) });
    expectLaws(settings, ({ lambda, order, boundary }) => differencePenalty(order, lambda, { h: 1, boundary }), trees, {}, 10);
  });

  it("has a direct solve where a fast transform fits, and none elsewhere", () => {
    const solvable = (order: number) =>
      boundaries.filter((boundary) => differencePenalty(order, 1, { boundary }).solveShifted !== undefined);
    expect(solvable(1)).toEqual(["periodic", "symmetric", "replicate"]);
    expect(solvable(2)).toEqual(["zero", "periodic", "symmetric", "replicate", "antisymmetric"]);
    expect(solvable(3)).toEqual(["periodic", "symmetric"]);
    expect(solvable(4)).toEqual(["periodic", "symmetric", "antisymmetric"]);
  });

  it("refuses an order that is none", () => {
    expect(() => differencePenalty(0)).toThrow(
      new RangeError("differencePenalty: order is 0; it must be an integer ≥ 1 (order 0 is tikhonov)"),
    );
  });
});

describe("gradientPenalty", () => {
  it("is the sum of squared slopes, and 0 for constants", () => {
    // Slopes ½ and −1 down, 2 across with h = (2, 1)
    const W = ndarray(backend, [
      [0, 2],
      [1, 3],
    ]);
    expect(gradientPenalty(1, { h: [2, 1] })(W).item()).toBe((0.25 + 0.25 + 4 + 4) / 2);
    const constant = full(backend, [4, 3, 2], 7);
    expectLaws(weights, (lambda) => gradientPenalty(lambda), fc.constant(normal(5, 4, 3, 2)), { zeros: [constant] }, 3);
  });

  it("is the difference penalty of order 1", () => {
    const W = normal(1, 4, 5);
    expect(gradientPenalty(0.3)(W).item()).toBe(differencePenalty(1, 0.3)(W).item());
  });
});
