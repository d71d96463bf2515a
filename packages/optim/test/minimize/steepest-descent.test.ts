import { cpu } from "@paramat/backends";
import { steepestDescent } from "@paramat/optim";
import { assertMinimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";
import { distance, rosenbrock, rosenbrockStart } from "./problems.js";

describe("steepestDescent", () => {
  it("obeys the laws of minimizers", () => assertMinimizer(steepestDescent, cpu("float64")));

  it("finds the minimizer of Rosenbrock's function, given time", async () => {
    const found = await steepestDescent(rosenbrock, rosenbrockStart(2), { gradientTolerance: 3e-9, maxIterations: 20_000 });
    expect(distance(found.params, [1, 1])).toBeLessThanOrEqual(1e-8);
  });
});
