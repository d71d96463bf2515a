import { ndarray } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { filterSums } from "../../src/choosing/filter-sums.js";
import { lCurve } from "../../src/choosing/l-curve.js";
import { matrixProblem } from "../../src/choosing/matrix-problem.js";
import { backend } from "../fixtures/trees.js";
import { blurred, differences } from "./slow-tikhonov.js";

describe("lCurve", () => {
  const { A, b } = blurred(16, 1e-3, 1);
  const cases = [
    { name: "the identity", problem: matrixProblem(ndarray(backend, A), ndarray(backend, b)) },
    {
      name: "first differences",
      problem: matrixProblem(ndarray(backend, A), ndarray(backend, b), { L: ndarray(backend, differences(16, 1)) }),
    },
  ];

  it.each(cases)("has the curvature of the curve, with $name", ({ problem }) => {
    const pointAt = (t: number) => {
      const { residualSquare, solutionSquare } = filterSums(problem, Math.exp(t));
      return [Math.log(residualSquare) / 2, Math.log(solutionSquare) / 2] as const;
    };
    const { curve } = lCurve(problem, { range: [1e-9, 10], count: 30 });
    // The circle through three near points.
    for (const { lambda, criterion } of curve.slice(3, -3)) {
      const t = Math.log(lambda);
      const step = 2e-4;
      const [[x0, y0], [x1, y1], [x2, y2]] = [pointAt(t - step), pointAt(t), pointAt(t + step)] as const;
      const area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
      const circle = (2 * area) / (Math.hypot(x1 - x0, y1 - y0) * Math.hypot(x2 - x1, y2 - y1) * Math.hypot(x2 - x0, y2 - y0));
      expect(Math.abs(criterion - circle), `λ = ${lambda}`).toBeLessThan(1e-3 * Math.max(1, Math.abs(circle)));
    }
  });

  it("finds the corner: no λ nearby has more curvature, and the row chosen belongs to it", () => {
    const { problem } = cases[0]!;
    const choice = lCurve(problem);
    expect(choice.outcome).toBe("found");
    expect(choice.chosen.lambda).toBe(choice.lambda);
    const near = lCurve(problem, { range: [choice.lambda / 3, 3 * choice.lambda] });
    expect(near.lambda / choice.lambda).toBeCloseTo(1, 5);
    expect(choice.chosen.criterion).toBeGreaterThanOrEqual(Math.max(...near.curve.map((row) => row.criterion)) * (1 - 1e-12));
    const { residualSquare, solutionSquare } = filterSums(problem, choice.lambda);
    expect(choice.chosen.residualNorm).toBeCloseTo(Math.sqrt(residualSquare), 14);
    expect(choice.chosen.solutionNorm).toBeCloseTo(Math.sqrt(solutionSquare), 14);
    expect(choice.curve).toHaveLength(200);
    expect(choice.curve.every((row, k) => k === 0 || row.lambda > choice.curve[k - 1]!.lambda)).toBe(true);
  });

  it("takes the corner of the whole curve, not a sharper kink", () => {
    // x has the parts 1, 30 and 0.3: the second makes the corner; where the third sets in, ‖x‖ grows by 5e-5 of itself only, but at once.
    const problem = {
      ...cases[0]!.problem,
      sigma: Float64Array.of(1, 1e-3, 1e-8),
      mu: Float64Array.of(1, 1, 1),
      energies: Float64Array.of(1, 30e-3 ** 2, 0.3e-8 ** 2),
      outOfReach: 1e-12,
    };
    const { curve, chosen, outcome } = lCurve(problem);
    const sharpest = curve.reduce((a, b) => (b.criterion > a.criterion ? b : a));
    expect(sharpest.criterion).toBeGreaterThan(1000 * chosen.criterion);
    expect(sharpest.solutionNorm).toBeCloseTo(30.017, 3);
    expect([outcome, chosen.solutionNorm.toFixed(2), chosen.residualNorm.toFixed(3)]).toEqual(["found", "1.00", "0.030"]);
  });

  it("says so where there is none: one singular value makes ‖r‖ + ‖x‖ constant, which bends away", () => {
    const choice = lCurve(matrixProblem(ndarray(backend, [[1]]), ndarray(backend, [2])));
    expect(choice.outcome).toBe("no corner");
    expect(choice.reason).toMatch(/^the curvature is nowhere positive between λ = 1.000e-1 and 1.000e\+1/);
  });

  it("says so where the range ends before the corner", () => {
    const { problem } = cases[0]!;
    const { lambda } = lCurve(problem);
    const choice = lCurve(problem, { range: [1.5 * lambda, 3 * lambda], count: 20 });
    expect([choice.outcome, choice.lambda]).toEqual(["at the border", 1.5 * lambda]);
  });

  it("prints the curve with the choice marked", () => {
    const lines = String(lCurve(cases[0]!.problem)).split("\n");
    expect(lines[0]).toMatch(/^L-curve: λ = \d\.\d{3}e-\d+, found: curvature /);
    expect(lines[1]).toMatch(/λ +‖Ax − b‖ +‖Lx‖ +curvature$/);
    expect(lines.filter((line) => line.startsWith("→"))).toHaveLength(1);
    expect(lines.length).toBeLessThan(17);
  });

  it("refuses a range that is none, and a problem without λ", () => {
    const { problem } = cases[0]!;
    expect(() => lCurve(problem, { range: [1, 1] })).toThrow(
      new RangeError("lCurve: range is [1, 1]; it must be [smallest, largest] with 0 < smallest < largest"),
    );
    expect(() => lCurve(problem, { count: 2 })).toThrow(new RangeError("lCurve: count is 2; it must be an integer ≥ 3"));
    expect(() => lCurve(matrixProblem(ndarray(backend, [[0]]), ndarray(backend, [2])))).toThrow(
      new RangeError("lCurve: A or L of matrixProblem [1, 1] is 0, so that λ changes nothing; there is nothing to choose"),
    );
  });
});
