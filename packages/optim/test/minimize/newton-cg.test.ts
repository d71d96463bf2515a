import { ndarray, type Value } from "@paramat/core";
import { newtonCg } from "@paramat/optim";
import { assertMinimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";
import { backend, distance, rosenbrock, rosenbrockStart } from "./problems.js";

describe("newtonCg", () => {
  it("obeys the laws of minimizers", () => assertMinimizer(newtonCg, backend, { condition: 1e4 }));

  it.each([2, 10])("finds the minimizer of Rosenbrock's function of %d variables", async (size) => {
    const found = await newtonCg(rosenbrock, rosenbrockStart(size), { gradientTolerance: 1e-9 });
    expect(distance(found.params, new Array<number>(size).fill(1))).toBeLessThanOrEqual(1e-8);
    expect(found.evaluations.gradient).toBeLessThan(150);
  });

  it("says what to use where there is no Hessian", async () => {
    const f = { valueAndGradient: async (x: Value) => ({ value: 1, gradient: x }) };
    await expect(newtonCg(f, ndarray(backend, [1]))).rejects.toThrow(
      "newtonCg: the objective comes with a gradient and no Hessian; give a function in ops, or hessianAt, or use lbfgs",
    );
  });
});
