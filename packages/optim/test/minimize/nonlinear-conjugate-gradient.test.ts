import { cpu } from "@paramat/backends";
import { nonlinearConjugateGradient, steepestDescent } from "@paramat/optim";
import { assertMinimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";
import { distance, quadratic, rosenbrock, rosenbrockStart } from "./problems.js";

describe("nonlinearConjugateGradient", () => {
  it("obeys the laws of minimizers", () => assertMinimizer(nonlinearConjugateGradient, cpu("float64"), { condition: 1e4 }));
});

describe("nonlinearConjugateGradient, PR+", () => {
  it("obeys the laws of minimizers", () =>
    assertMinimizer((f, params, options) => nonlinearConjugateGradient(f, params, { ...options, beta: "PR+" }), cpu("float64"), {
      condition: 1e4,
    }));
});

describe.each(["HZ", "PR+"] as const)("nonlinearConjugateGradient with %s", (beta) => {
  it.each([2, 10])("finds the minimizer of Rosenbrock's function of %d variables", async (size) => {
    const found = await nonlinearConjugateGradient(rosenbrock, rosenbrockStart(size), { beta, gradientTolerance: 1e-9 });
    expect(distance(found.params, new Array<number>(size).fill(1))).toBeLessThanOrEqual(1e-8);
  });

  it("needs far fewer gradients than steepest descent", async () => {
    const { f, start } = quadratic(100);
    const options = { gradientTolerance: 1e-5, maxIterations: 20_000 };
    const [conjugate, steepest] = [
      await nonlinearConjugateGradient(f, start, { ...options, beta }),
      await steepestDescent(f, start, options),
    ];
    expect(conjugate.evaluations.gradient).toBeLessThan(steepest.evaluations.gradient / 2);
  });
});
