import { grad, mul, ndarray, sum } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Penalty } from "../src/regularizer.js";
import { gradientPenalty } from "../src/smoothness/difference-penalty.js";
import { laplacianPenalty } from "../src/smoothness/laplacian-penalty.js";
import { l1 } from "../src/sparsity/l1.js";
import { sumOf } from "../src/sum-of.js";
import { tikhonov } from "../src/tikhonov.js";
import { weighted } from "../src/weighted.js";
import { backend, expectLaws, normal, trees, weights } from "./fixtures/trees.js";

const W = ndarray(backend, [1, -2]);
const linear: Penalty = (params) => sum(mul(params as typeof W, 3));

describe("sumOf", () => {
  it("adds values and gradients", () => {
    // ½(1 + 4) + 3(1 − 2) = −0.5; (1, −2) + (3, 3)
    const both = sumOf(tikhonov(), linear);
    expect(both(W).item()).toBe(-0.5);
    expect(grad(both)(W).toNested()).toEqual([4, 1]);
    expect(both.gradient(W).toNested()).toEqual([4, 1]);
  });

  it("solves where all terms are diagonal under one transform, each leaf by its own", () => {
    const R = (lambda: number) =>
      sumOf(
        tikhonov(lambda),
        weighted(0.3, laplacianPenalty(lambda, { boundary: "symmetric", select: (path) => path === ".conv.theta" })),
        gradientPenalty(0.2, { select: (path) => path === ".conv.theta" }),
        laplacianPenalty(0.1, { boundary: "periodic", select: (path) => path === ".list[0]" }),
      );
    expectLaws(weights, R, trees);
    expect(R(1).solveShifted).toBeDefined();
  });

  it("has neither proximal map nor solve where one term has no transform", () => {
    const R = sumOf(tikhonov(), l1());
    expect([R.prox, R.solveShifted]).toEqual([undefined, undefined]);
    expect([R.isConvex, R.isSmooth]).toEqual([true, false]);
    expectLaws(fc.constant(0), () => R, trees, {}, 3);
  });

  it("refuses to solve where one leaf goes by two transforms", () => {
    const R = sumOf(laplacianPenalty(1), laplacianPenalty(1, { boundary: "periodic" }));
    expect(() => R.solveShifted?.(normal(1, 4), { alpha: 1, gamma: 1 })).toThrow(
      "laplacianPenalty + laplacianPenalty: at the root one Hessian is diagonal under sine on rows of [4, 1], another under fourier on rows of [4, 1]; a direct solve needs the same, else use conjugateGradient",
    );
  });

  it("refuses to add nothing", () => {
    expect(() => sumOf()).toThrow(new TypeError("sumOf: there is no regularizer to add; give at least one"));
  });
});
