import { grad, mul, ndarray, sum } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Penalty } from "../src/regularizer.js";
import { laplacianPenalty } from "../src/smoothness/laplacian-penalty.js";
import { l1 } from "../src/sparsity/l1.js";
import { weighted } from "../src/weighted.js";
import { backend, expectLaws, trees, weights } from "./fixtures/trees.js";

const W = ndarray(backend, [1, -2]);
const linear: Penalty = (params) => sum(mul(params as typeof W, 3));

describe("weighted", () => {
  it("multiplies the value and the gradient", () => {
    expect(weighted(0.5, linear)(W).item()).toBe(-1.5);
    expect(grad(weighted(0.5, linear))(W).toNested()).toEqual([1.5, 1.5]);
    expect(weighted(0.5, linear).gradient(W).toNested()).toEqual([1.5, 1.5]);
  });

  it("claims nothing of a plain function", () => {
    const R = weighted(0.5, linear);
    expect([R.isConvex, R.isSmooth, R.prox]).toEqual([false, false, undefined]);
  });

  it("keeps every law, with the proximal map and the solve of what it multiplies", () => {
    const made = fc.tuple(weights, fc.boolean()).map(([lambda, smooth]) => weighted(lambda, smooth ? laplacianPenalty(0.5) : l1(0.3)));
    expectLaws(made, (R) => R, trees);
  });

  it("with λ = 0 moves nothing", () => {
    expect(weighted(0, l1()).prox?.(W, 1).toNested()).toEqual([1, -2]);
  });

  it("refuses a weight that is negative or not finite", () => {
    expect(() => weighted(-1, linear)).toThrow(new RangeError("weighted: lambda is -1; it must be a finite number ≥ 0"));
    expect(() => weighted(Number.NaN, linear)).toThrow(RangeError);
  });
});
