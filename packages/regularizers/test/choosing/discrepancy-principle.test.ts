import { ndarray } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { discrepancyPrinciple } from "../../src/choosing/discrepancy-principle.js";
import { matrixProblem } from "../../src/choosing/matrix-problem.js";
import { backend } from "../fixtures/trees.js";
import { blurred, minus, product, size } from "./slow-tikhonov.js";

describe("discrepancyPrinciple", () => {
  const { A, b, noiseNorm } = blurred(16, 0.01, 1);
  const problem = matrixProblem(ndarray(backend, A), ndarray(backend, b));

  it("leaves a residual of τ times the noise", () => {
    for (const safety of [1, 1.3]) {
      const choice = discrepancyPrinciple(problem, { noiseNorm, safety });
      const x = Array.from(problem.solution(choice.lambda).toArray());
      expect(choice.outcome).toBe("found");
      expect(size(minus(product(A, x), b)) / (safety * noiseNorm)).toBeCloseTo(1, 10);
    }
  });

  it("is a literal λ for one number: residual λ/(1 + λ)·b, so 1/3 of b = 4 at λ = ½", () => {
    const one = matrixProblem(ndarray(backend, [[1]]), ndarray(backend, [4]));
    expect(discrepancyPrinciple(one, { noiseNorm: 4 / 3 }).lambda).toBeCloseTo(0.5, 13);
    // Far beyond the range of the curve, [0.1, 10].
    expect(discrepancyPrinciple(one, { noiseNorm: 4 * 1e-9 }).lambda).toBeCloseTo(1e-9, 17);
  });

  it("says so where no λ leaves such a residual", () => {
    const tall = matrixProblem(ndarray(backend, [[1], [0]]), ndarray(backend, [3, 4]));
    const short = discrepancyPrinciple(tall, { noiseNorm: 3.9 });
    expect([short.outcome, short.lambda]).toEqual(["unreachable", short.curve[0]!.lambda]);
    expect(short.reason).toMatch(/^the residual is longer than 3.900e\+0 for every λ > 0/);
    const long = discrepancyPrinciple(tall, { noiseNorm: 5.1 });
    expect([long.outcome, long.lambda]).toEqual(["unreachable", long.curve.at(-1)!.lambda]);
    expect(discrepancyPrinciple(tall, { noiseNorm: 4.9 }).outcome).toBe("found");
  });

  it("refuses noise that is no length", () => {
    expect(() => discrepancyPrinciple(problem, { noiseNorm: 0 })).toThrow(
      new RangeError("discrepancyPrinciple: noiseNorm is 0; it must be a finite number > 0"),
    );
    expect(() => discrepancyPrinciple(problem, { noiseNorm: 1, safety: Number.NaN })).toThrow(RangeError);
  });
});
