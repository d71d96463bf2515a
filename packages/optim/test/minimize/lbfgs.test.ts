import { cpu } from "@paramat/backends";
import { ndarray, square, sub, sum, type Value } from "@paramat/core";
import { lbfgs } from "@paramat/optim";
import { assertMinimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";
import { backend, distance, rosenbrock, rosenbrockStart } from "./problems.js";

describe("lbfgs", () => {
  it("obeys the laws of minimizers", () => assertMinimizer(lbfgs, backend, { condition: 1e4 }));

  it.each([2, 10])("finds the minimizer of Rosenbrock's function of %d variables", async (size) => {
    const found = await lbfgs(rosenbrock, rosenbrockStart(size), { gradientTolerance: 1e-9 });
    expect(distance(found.params, new Array<number>(size).fill(1))).toBeLessThanOrEqual(1e-8);
    expect(found.evaluations.gradient).toBeLessThan(80);
  });

  it("takes a function that comes with its own gradient", async () => {
    const shifted = {
      valueAndGradient: async (x: Value) => {
        const [u = 0, v = 0] = x.toArray();
        return { value: u ** 2 + 2 * (v - 1) ** 2, gradient: ndarray(backend, [2 * u, 4 * (v - 1)]) };
      },
    };
    const found = await lbfgs(shifted, ndarray(backend, [3, -2]), { gradientTolerance: 1e-10 });
    expect(distance(found.params, [0, 1])).toBeLessThanOrEqual(1e-10);
  });

  it("reaches √ε in float32, and stalls where more is asked", async () => {
    const single = cpu("float32");
    const centre = ndarray(single, [0.1, 0.3]);
    const f = (x: Value) => sum(square(sub(x, centre)));
    const found = await lbfgs(f, ndarray(single, [3, -2]));
    expect(found.status).toBe("converged");
    expect(distance(found.params, [0.1, 0.3])).toBeLessThanOrEqual(1e-3);
    const scale = ndarray(single, [1, 1000]);
    const hard = (x: Value) => sum(square(sub(square(sub(x, scale)), 0.37)));
    const stuck = await lbfgs(hard, ndarray(single, [3, 900]), { gradientTolerance: 1e-30 });
    expect(["stalled", "limit"]).toContain(stuck.status);
  });

  it("refuses a memory of nothing", async () => {
    await expect(lbfgs(rosenbrock, rosenbrockStart(2), { memory: 0 })).rejects.toThrow("lbfgs: memory is 0; it must be a whole number ≥ 1");
  });

  it("refuses a gradient of another form", async () => {
    const f = { valueAndGradient: async (x: Value) => ({ value: x.item(), gradient: ndarray(backend, [1, 2]) }) };
    await expect(lbfgs(f, ndarray(backend, [1]))).rejects.toThrow(
      "lbfgs: at the root one tree has shape [1], the other [2]; they must agree",
    );
  });
});
