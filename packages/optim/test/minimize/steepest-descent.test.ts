import { steepestDescent } from "@paramat/optim";
import { describe, expect, it } from "vitest";
import { minimizerLaws } from "./minimizer-laws.js";
import { distance, rosenbrock, rosenbrockStart } from "./problems.js";

describe("steepestDescent", () => {
  minimizerLaws(steepestDescent, { condition: 100, tolerance: 1e-10 });

  it("finds the minimizer of Rosenbrock's function, given time", async () => {
    const found = await steepestDescent(rosenbrock, rosenbrockStart(2), { gradientTolerance: 3e-9, maxIterations: 20_000 });
    expect(distance(found.params, [1, 1])).toBeLessThanOrEqual(1e-8);
  });
});
