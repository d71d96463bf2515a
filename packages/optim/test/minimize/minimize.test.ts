import { NotDifferentiableError, type Tree, type Value } from "@paramat/core";
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

  it("says in words why it stopped", async () => {
    const reasons = [
      [{ gradientTolerance: 1e-6 }, /^‖gradient‖ \S+ ≤ 1\.0e-6$/],
      [{ maxIterations: 1 }, /^‖gradient‖ is \S+; raise maxIterations \(1\), or scale the problem$/],
      [{ gradientTolerance: 0, stepTolerance: 1e-2 }, /^‖step‖ \S+ is within the tolerance$/],
      [{ gradientTolerance: 0, valueTolerance: 1e-2 }, /^the value changed by \S+, within the tolerance$/],
      [{ signal: AbortSignal.abort() }, /^the signal was aborted; begin at these parameters to go on, ‖gradient‖ is \S+$/],
    ] as const;
    for (const [options, reason] of reasons) expect((await minimize(f, start, options)).reason).toMatch(reason);
    expect(String(await minimize(f, start, { maxIterations: 1 }))).toMatch(/^lbfgs: limit after 1 iteration: /);
  });

  it("throws where the call itself is wrong", async () => {
    await expect(minimize((x: Value) => x, start)).rejects.toThrow(NotDifferentiableError);
    await expect(minimize(f as never, {})).rejects.toThrow(
      "lbfgs: the tree of parameters has no leaves; there must be at least one array to find",
    );
    await expect(minimize(f, start, { gradientTolerance: -1 })).rejects.toThrow("gradientTolerance is -1; it must be a finite number ≥ 0");
    await expect(minimize(f, start, { maxIterations: 1.5 })).rejects.toThrow("maxIterations is 1.5; it must be a whole number ≥ 0");
  });

  it("lists the names where it does not know one", async () => {
    const misspelt = { method: "bfgs" } as unknown as { method: "lbfgs" };
    await expect(minimize(f, start, misspelt)).rejects.toThrow(
      'minimize: there is no method "bfgs"; the names are lbfgs, newtonCg, trustRegion, nonlinearConjugateGradient, steepestDescent; gaussNewton, ',
    );
    await expect(minimize(f, start, { method: "toString" } as unknown as { method: "lbfgs" })).rejects.toThrow(TypeError);
  });
});
