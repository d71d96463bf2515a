import { add, mul, ndarray, slice, square, sum, type Value } from "@paramat/core";
import { trustRegion } from "@paramat/optim";
import { assertMinimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";
import { backend, distance, quadratic, rosenbrock, rosenbrockStart } from "./problems.js";

describe("trustRegion", () => {
  it("obeys the laws of minimizers", () => assertMinimizer(trustRegion, backend, { condition: 1e4 }));

  it.each([2, 10])("finds the minimizer of Rosenbrock's function of %d variables", async (size) => {
    const found = await trustRegion(rosenbrock, rosenbrockStart(size), { gradientTolerance: 1e-9 });
    expect(distance(found.params, new Array<number>(size).fill(1))).toBeLessThanOrEqual(1e-8);
    expect(found.evaluations.gradient).toBeLessThan(80);
  });

  it("leaves the neighbourhood of a saddle by negative curvature", async () => {
    // x² − y² + y⁴/2: a saddle at 0, minima at (0, ±1)
    const f = (p: Value) => {
      const [x, y] = [slice(p, 0, 0, 1), slice(p, 0, 1, 2)];
      return sum(add(add(square(x), mul(-1, square(y))), mul(0.5, square(square(y)))));
    };
    const found = await trustRegion(f, ndarray(backend, [1, 1e-8]), { gradientTolerance: 1e-10 });
    expect(distance(found.params, [0, 1])).toBeLessThanOrEqual(1e-9);
  });

  it("takes another curvature: with the true one times 2 it still converges, only slower", async () => {
    const { f, start, minimizer, eigenvalues, reflect } = quadratic(100);
    const curvature = () => (v: Value) => mul(2, reflect(mul(eigenvalues, reflect(v))));
    const found = await trustRegion(f, start, { curvature, gradientTolerance: 1e-9 });
    expect(distance(found.params, minimizer)).toBeLessThanOrEqual(1e-9);
  });

  it("refuses radii that are none", async () => {
    await expect(trustRegion(rosenbrock, rosenbrockStart(2), { initialRadius: 0 })).rejects.toThrow(
      "trustRegion: initialRadius is 0, maxRadius 100000000; 0 < initialRadius ≤ maxRadius must hold",
    );
  });
});
