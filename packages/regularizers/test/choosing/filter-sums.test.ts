import { ndarray } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { filterSums } from "../../src/choosing/filter-sums.js";
import { matrixProblem } from "../../src/choosing/matrix-problem.js";
import { backend, normal } from "../fixtures/trees.js";
import { blur, differences, identity, influence } from "./slow-tikhonov.js";

describe("filterSums", () => {
  const A = blur(8);
  const b = normal(1, 8);
  const cases = [
    { name: "the identity", L: identity(8), problem: matrixProblem(ndarray(backend, A), b) },
    {
      name: "second differences",
      L: differences(8, 2),
      problem: matrixProblem(ndarray(backend, A), b, { L: ndarray(backend, differences(8, 2)) }),
    },
  ];

  it.each(cases)("has the traces of the influence matrix, with $name", ({ L, problem }) => {
    const S = influence(A, L, 0.01);
    const trace = S.reduce((sum, row, i) => sum + row[i]!, 0);
    const square = S.flat().reduce((sum, s) => sum + s * s, 0);
    const { freedom, influenceSquare } = filterSums(problem, 0.01);
    expect(freedom).toBeCloseTo(8 - trace, 10);
    expect(influenceSquare).toBeCloseTo(square, 10);
  });

  it.each(cases)("has the derivatives in log λ, with $name", ({ problem }) => {
    const step = 1e-4;
    for (const t of [-8, -3, 1]) {
      const [left, middle, right] = [t - step, t, t + step].map((at) => filterSums(problem, Math.exp(at)));
      const slope = (right!.solutionSquare - left!.solutionSquare) / (2 * step);
      const bend = (right!.solutionSlope - left!.solutionSlope) / (2 * step);
      const residualSlope = (right!.residualSquare - left!.residualSquare) / (2 * step);
      expect(middle!.solutionSlope / slope).toBeCloseTo(1, 6);
      expect(middle!.solutionBend / bend).toBeCloseTo(1, 6);
      expect((-Math.exp(t) * middle!.solutionSlope) / residualSlope).toBeCloseTo(1, 6);
    }
  });

  it("stays finite where σ, μ or λ is 0 or huge", () => {
    const problem = {
      name: "p",
      sigma: Float64Array.of(0, 1e-200, 1e150, 1),
      mu: Float64Array.of(0, 0, 1, 0),
      energies: Float64Array.of(4, 1, 1, 1),
      outOfReach: 0,
      numData: 4,
      numRightSides: 1,
      epsilon: Number.EPSILON,
      solution: () => b,
    };
    for (const lambda of [0, 1, 1e300]) {
      for (const value of Object.values(filterSums(problem, lambda))) expect(value, `${lambda}`).toSatisfy(Number.isFinite);
    }
    // What neither A nor L sees stays in the residual.
    expect(filterSums(problem, 1).residualSquare).toBeGreaterThanOrEqual(4);
  });
});
