import type { Tree, Value } from "@paramat/core";
import { gaussNewton, type Minimizer, type MinimizerName, minimize, newtonCg, type Objective, projectedGradient } from "@paramat/optim";
import { describe, expect, it } from "vitest";
import { distance, quadratic } from "./problems.js";

const { f, start, minimizer } = quadratic(10);
const names: readonly MinimizerName[] = ["lbfgs", "newtonCg", "trustRegion", "nonlinearConjugateGradient", "steepestDescent"];
const tolerance = { gradientTolerance: 1e-8 };

describe("minimize", () => {
  it.each(names)("calls %s by its name", async (method) => {
    const found = await minimize(f, start, { method, ...tolerance });
    expect([found.method, found.status]).toEqual([method, "converged"]);
    expect(distance(found.params, minimizer)).toBeLessThanOrEqual(1e-8);
  });

  it("takes lbfgs where nothing is said, with its options", async () => {
    const found = await minimize(f, start, tolerance);
    expect(found.method).toBe("lbfgs");
    expect((await minimize(f, start, { memory: 1, ...tolerance })).history).not.toEqual(found.history);
    await expect(minimize(f, start, { method: "lbfgs", memory: 0 })).rejects.toThrow("lbfgs: memory is 0");
  });

  it("takes a function, ours or bound to what it needs besides", async () => {
    const projected: Minimizer = (g, params, options) => projectedGradient(g, (x) => x, params, options);
    for (const method of [newtonCg, projected]) {
      const found = await minimize(f, start, { method, ...tolerance });
      expect(distance(found.params, minimizer)).toBeLessThanOrEqual(1e-8);
    }
    const squares = <P extends Tree>(g: Objective<P>, params: P, options?: object) =>
      gaussNewton({ model: (x: P) => x, loss: g as (x: P) => Value }, params, options);
    expect((await minimize(f, start, { method: squares, ...tolerance })).method).toBe("gaussNewton");
  });

  it("lists the names where it does not know one", async () => {
    const misspelt = { method: "bfgs" } as unknown as { method: "lbfgs" };
    await expect(minimize(f, start, misspelt)).rejects.toThrow(
      'minimize: there is no method "bfgs"; the names are lbfgs, newtonCg, trustRegion, nonlinearConjugateGradient, steepestDescent; gaussNewton, ',
    );
    await expect(minimize(f, start, { method: "toString" } as unknown as { method: "lbfgs" })).rejects.toThrow(TypeError);
  });
});
