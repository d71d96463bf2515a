import { leaves, pow, sum, type Value } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Penalty, regularizer } from "../src/regularizer.js";
import { expectLaws, normal, trees } from "./fixtures/trees.js";

const quartic: Penalty = (params) => sum(pow(leaves(params)[0] as Value, 4));

describe("regularizer", () => {
  it("differentiates the value where no closed form is given", () => {
    const R = regularizer({ name: "quartic", value: quartic });
    const W = normal(1, 2);
    const [a, b] = Array.from(W.toArray()) as [number, number];
    expect(R.gradient(W).toArray()[0]).toBeCloseTo(4 * a ** 3, 12);
    // ∇²R v = 12 w² v
    expect(R.hessianApply(W, W).toArray()[1]).toBeCloseTo(12 * b ** 3, 12);
    expectLaws(fc.constant(0), () => R, trees, {}, 3);
  });

  it("has its name, and no map that was not given", () => {
    const R = regularizer({ name: "quartic", value: quartic, isConvex: false });
    expect([R.name, R.isConvex, R.isSmooth, R.readsValues]).toEqual(["quartic", false, true, false]);
    expect([R.prox, R.solveShifted, R.diagonalHessian]).toEqual([undefined, undefined, undefined]);
  });
});
