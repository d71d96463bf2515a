import { BackendError, hessian, ndarray, sum, type Value } from "@paramat/core";
import { lbfgs } from "@paramat/optim";
import { describe, expect, it } from "vitest";
import { problemOf } from "../../src/minimize/problem.js";
import { backend, rosenbrock } from "./problems.js";

const x = ndarray(backend, [0.5, -0.25]);
const v = ndarray(backend, [1, 2]);

describe("problemOf", () => {
  it.each([true, false])("gives values, gradients and Hessian products, and counts them (compiled: %s)", async (compile) => {
    const problem = problemOf("test", rosenbrock, x, { compile });
    // 100(b − a²)² + (1 − a)² at (½, −¼): b − a² = −½
    const point = await problem.pointAt(x);
    expect(point.value).toBeCloseTo(25.25, 12);
    [-400 * 0.5 * -0.5 - 1, 200 * -0.5].forEach((g, i) => void expect(point.gradient.toArray()[i]).toBeCloseTo(g, 11));
    expect(point.gradientNorm).toBeCloseTo(Math.hypot(99, 100), 11);
    expect(await problem.valueAt(x)).toBeCloseTo(25.25, 12);
    const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = hessian(rosenbrock)(x).toNested() as number[][];
    const apply = await problem.curvatureAt(x);
    const product = (await apply(v, problem.vectors)).toArray();
    [a + 2 * b, c + 2 * d].forEach((t, i) => void expect(product[i]).toBeCloseTo(t, 10));
    expect(problem.evaluations()).toEqual({ value: 2, gradient: 1, hessianVector: 1 });
  });

  it("cannot compile a function that reads values, which compile: false can", async () => {
    const f = (t: Value) => (t.toArray()[0] === 12345 ? sum(t) : rosenbrock(t));
    await expect(lbfgs(f, x)).rejects.toThrow(BackendError);
    await expect(lbfgs(f, x)).rejects.toThrow(
      /^lbfgs: f cannot be compiled; compile: a value is read .*; or pass compile: false to lbfgs$/,
    );
    expect((await lbfgs(f, x, { compile: false })).status).toBe("converged");
  });
});
