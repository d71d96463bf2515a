import { ndarray } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { filterSums } from "../../src/choosing/filter-sums.js";
import { generalizedCrossValidation } from "../../src/choosing/generalized-cross-validation.js";
import { matrixProblem } from "../../src/choosing/matrix-problem.js";
import { backend, normal } from "../fixtures/trees.js";
import { blurred, differences, identity, influence, minus, product, type Rows, size, slowTikhonov } from "./slow-tikhonov.js";

describe("generalizedCrossValidation", () => {
  it("is ‖Ax − b‖²/tr(I − S)² with S from dense equations, with and without L", () => {
    const { A, b } = blurred(8, 0.01, 2);
    for (const L of [identity(8), differences(8, 2)]) {
      const { curve } = generalizedCrossValidation(matrixProblem(ndarray(backend, A), ndarray(backend, b), { L: ndarray(backend, L) }), {
        range: [1e-4, 1],
        count: 6,
      });
      for (const { lambda, criterion } of curve) {
        const trace = influence(A, L, lambda).reduce((sum, row, i) => sum + 1 - row[i]!, 0);
        const G = size(minus(product(A, slowTikhonov(A, L, b, lambda)), b)) ** 2 / trace ** 2;
        expect(criterion / G, `λ = ${lambda}`).toBeCloseTo(1, 8);
      }
    }
  });

  it("is leave-one-out, by refitting, where every datum weighs alike: a circulant A", () => {
    const row = [4, 1, 0.5, 0, 0.5, 2];
    const A: Rows = row.map((_, i) => row.map((__, j) => row[(j - i + 6) % 6]!));
    const b = Array.from(normal(4, 6).toArray());
    const { curve } = generalizedCrossValidation(matrixProblem(ndarray(backend, A), ndarray(backend, b)), { range: [0.1, 10], count: 3 });
    for (const { lambda, criterion } of curve) {
      const errors = b.map((bi, i) => {
        const without = slowTikhonov(
          A.filter((_, k) => k !== i),
          identity(6),
          b.filter((_, k) => k !== i),
          lambda,
        );
        return (product(A, without)[i]! - bi) ** 2;
      });
      const mean = errors.reduce((sum, e) => sum + e, 0) / 6;
      expect((6 * criterion) / mean).toBeCloseTo(1, 10);
    }
  });

  it("finds the least G, and says how flat it is", () => {
    const { A, b } = blurred(16, 0.01, 3);
    const choice = generalizedCrossValidation(matrixProblem(ndarray(backend, A), ndarray(backend, b)));
    expect(choice.outcome).toBe("found");
    expect(choice.chosen.criterion).toBeLessThanOrEqual(Math.min(...choice.curve.map((row) => row.criterion)));
    expect(choice.reason).toMatch(/^least G, .*; within 1 % of it from λ = .* to .*/);
  });

  it("says so where G falls to the end: data without noise", () => {
    const { A, b } = blurred(12, 0, 1);
    const problem = matrixProblem(ndarray(backend, A), ndarray(backend, b));
    expect(generalizedCrossValidation(problem, { range: [1e-6, 1] }).outcome).toBe("at the border");
  });

  it("begins where a tenth of the freedom is left, unless told where", () => {
    const { A, b } = blurred(20, 0.01, 3);
    const problem = matrixProblem(ndarray(backend, A), ndarray(backend, b));
    const { curve } = generalizedCrossValidation(problem);
    const freedom = filterSums(problem, curve[0]!.lambda).freedom;
    expect(freedom).toBeGreaterThanOrEqual(2);
    expect(freedom).toBeLessThan(3);
    expect(curve).toHaveLength(200);
    expect(generalizedCrossValidation(problem, { range: [1e-20, 1] }).curve[0]!.lambda).toBe(1e-20);
  });

  it("shares λ among right-hand sides", () => {
    const { A, b } = blurred(12, 0.02, 5);
    const once = generalizedCrossValidation(matrixProblem(ndarray(backend, A), ndarray(backend, b)));
    const twice = generalizedCrossValidation(matrixProblem(ndarray(backend, A), ndarray(backend, [b, b])));
    expect(twice.lambda / once.lambda).toBeCloseTo(1, 6);
    expect(twice.chosen.criterion / once.chosen.criterion).toBeCloseTo(1, 10);
  });

  it("is robust when asked: the criterion times γ + (1 − γ) tr(S²)/m", () => {
    const { A, b } = blurred(8, 0.01, 2);
    const problem = matrixProblem(ndarray(backend, A), ndarray(backend, b));
    const options = { range: [1e-4, 1], count: 4 } as const;
    const [plain, robust] = [
      generalizedCrossValidation(problem, options),
      generalizedCrossValidation(problem, { ...options, robustness: 0.25 }),
    ];
    robust.curve.forEach(({ lambda, criterion }, k) => {
      const square = influence(A, identity(8), lambda)
        .flat()
        .reduce((sum, s) => sum + s * s, 0);
      expect(criterion / plain.curve[k]!.criterion).toBeCloseTo(0.25 + (0.75 * square) / 8, 9);
    });
    expect(() => generalizedCrossValidation(problem, { robustness: 0 })).toThrow(
      new RangeError("generalizedCrossValidation: robustness is 0; it must be in (0, 1], and 1 is plain GCV"),
    );
  });
});
