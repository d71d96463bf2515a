import { ndarray, ShapeError } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { matrixProblem } from "../../src/choosing/matrix-problem.js";
import { optimalLambda } from "../../src/choosing/optimal-lambda.js";
import { backend } from "../fixtures/trees.js";

describe("optimalLambda", () => {
  // x_λ = b/(1 + λ).
  const problem = matrixProblem(ndarray(backend, [[1]]), ndarray(backend, [4]));

  it("is a literal λ for one number: 4/(1 + λ) = 3 at λ = 1/3", () => {
    const choice = optimalLambda(problem, ndarray(backend, [3]));
    expect(choice.lambda).toBeCloseTo(1 / 3, 6);
    expect(choice.chosen.criterion).toBeLessThan(1e-7);
    expect(choice.curve[0]!.criterion).toBeCloseTo((4 / 1.1 - 3) / 3, 12);
  });

  it("says so where the best is at the end", () => {
    expect(optimalLambda(problem, ndarray(backend, [5])).outcome).toBe("at the border");
  });

  it("refuses a truth of another shape", () => {
    expect(() => optimalLambda(problem, ndarray(backend, [3, 3]))).toThrow(
      new ShapeError("optimalLambda: exact is [2], and solutions are [1]; they must agree"),
    );
  });
});
