import { add, leaves, log, matmul, mul, ndarray, square, sub, sum, type Value } from "@paramat/core";
import { thinSvd } from "@paramat/layers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hessianCondition } from "../../src/diagnostics/hessian-condition.js";
import { tikhonov } from "../../src/tikhonov.js";
import { backend, normal } from "../fixtures/trees.js";

/** ½‖A w‖². */
const energy = (A: Value) => (w: Value) => mul(0.5, sum(square(matmul(A, w))));

describe("hessianCondition", () => {
  it("is κ(A)² for ½‖Aw‖²", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 999 }), (n, seed) => {
        const A = normal(seed, n + 4, n);
        const { sigma } = thinSvd(A);
        const want = ((sigma[0] as number) / (sigma[n - 1] as number)) ** 2;
        const found = hessianCondition(energy(A), normal(seed + 1, n, 1));
        expect([found.outcome, found.size]).toEqual(["converged", n]);
        expect(Math.abs(found.condition / want - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 20 },
    );
  });

  it("finds the extremes of a large Hessian in few products", () => {
    const d = ndarray(
      backend,
      Float64Array.from({ length: 1000 }, (_, i) => (i === 0 ? 1e-2 : i === 1 ? 50 : 1 + (i % 7) / 7)),
    );
    const f = (tree: { a: Value[] }) => mul(0.5, sum(mul(d, square(leaves(tree)[0] as Value))));
    const found = hessianCondition(f, { a: [normal(1, 1000)] });
    expect(found.outcome).toBe("converged");
    expect(Math.abs(found.condition / 5000 - 1)).toBeLessThan(1e-6);
    expect(found.steps).toBeLessThan(40);
  });

  it("says singular where directions are free, and what a regularizer does to them", () => {
    const A = normal(1, 3, 8);
    const found = hessianCondition(energy(A), normal(2, 8, 1));
    expect([found.outcome, found.condition]).toEqual(["singular", Number.POSITIVE_INFINITY]);
    expect(String(found)).toContain("add a regularizer");
    const lambda = 1e-2;
    const better = hessianCondition((w: Value) => add(energy(A)(w), tikhonov(lambda)(w)), normal(2, 8, 1));
    const largest = (thinSvd(A).sigma[0] as number) ** 2;
    expect(Math.abs(better.condition / ((largest + lambda) / lambda) - 1)).toBeLessThan(1e-8);
  });

  it("says indefinite where there are negative eigenvalues, and limit where steps run out", () => {
    const A = normal(1, 30, 20);
    const saddle = hessianCondition((w: Value) => sub(energy(A)(w), tikhonov(1e3)(w)), normal(2, 20, 1));
    expect([saddle.outcome, saddle.condition]).toEqual(["indefinite", Number.NaN]);
    const short = hessianCondition(energy(A), normal(2, 20, 1), { maxSteps: 5 });
    expect([short.outcome, short.steps, short.ritzValues.length]).toEqual(["limit", 5, 5]);
    expect(short.condition).toBeLessThan(hessianCondition(energy(A), normal(2, 20, 1)).condition);
    expect(String(short)).toMatch(/^condition of the Hessian, 20 × 20: .* \(limit, 5 products\)\neigenvalue/);
  });

  it("says so where the Hessian is no number", () => {
    // log′′(0) = −∞
    const found = hessianCondition((w: Value) => sum(log(w)), ndarray(backend, [0, 1]));
    expect([found.outcome, found.condition]).toEqual(["not finite", Number.NaN]);
    expect(String(found)).toContain("explainNonFinite");
  });

  it("refuses a tree without numbers", () => {
    expect(() => hessianCondition(() => ndarray(backend, 0), {})).toThrow(
      new TypeError("hessianCondition: the parameters hold no number; give at least one"),
    );
  });
});
