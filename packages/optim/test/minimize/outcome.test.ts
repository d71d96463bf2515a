import { describe, expect, it } from "vitest";
import { outcome } from "../../src/minimize/outcome.js";
import { rosenbrockStart } from "./problems.js";

const evaluations = { value: 3, gradient: 2, hessianVector: 1 };
const report = (rows: number) =>
  outcome({
    method: "lbfgs",
    status: "limit",
    params: rosenbrockStart(2),
    value: 1,
    gradientNorm: 0.5,
    iterations: rows - 1,
    evaluations,
    history: Array.from({ length: rows }, (_, iteration) => ({
      iteration,
      value: 24.2 / (iteration + 1),
      gradientNorm: 0.5,
      step: iteration / 8,
      evaluations,
    })),
    reason: "raise maxIterations",
  });

describe("outcome", () => {
  it("prints a table", () => {
    expect(String(report(2)).split("\n")).toEqual([
      "lbfgs: limit after 1 iteration: raise maxIterations",
      "  iteration             value     ‖gradient‖         ‖step‖   values gradients  products",
      "          0     2.42000000e+1       5.000e-1       0.000e+0        3         2         1",
      "          1     1.21000000e+1       5.000e-1       1.250e-1        3         2         1",
    ]);
  });

  it("leaves the middle of a long one out", () => {
    const lines = String(report(40)).split("\n");
    expect(lines).toHaveLength(2 + 17);
    expect(lines[10]).toBe("  … 24 more");
    expect(lines.at(-1)).toMatch(/^ {9}39 /);
  });
});
