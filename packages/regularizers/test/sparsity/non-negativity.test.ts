import { abs, mapLeaves, ndarray } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nonNegativity } from "../../src/sparsity/non-negativity.js";
import { backend, expectLaws, trees } from "../fixtures/trees.js";

describe("nonNegativity", () => {
  it("keeps every law where it is finite", () => {
    const positive = trees.map((tree) => mapLeaves(tree, (w) => abs(w)));
    expectLaws(fc.constant(0), () => nonNegativity(), positive, { intoDomain: (tree) => mapLeaves(tree, (w) => abs(w)) });
  });

  it("is infinite outside, and projects", () => {
    const W = ndarray(backend, [1, -1e-9]);
    expect(nonNegativity()(W).item()).toBe(Number.POSITIVE_INFINITY);
    expect(nonNegativity()(ndarray(backend, [Number.NaN])).item()).toBe(Number.POSITIVE_INFINITY);
    expect(nonNegativity()(nonNegativity().prox(W, 3)).item()).toBe(0);
  });
});
