import { add, matmul, maximum, mul, ndarray, reshape, square, sub, sum, type Value } from "@paramat/core";
import { projectedGradient } from "@paramat/optim";
import { assertMinimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";
import { backend, quadratic } from "./problems.js";

describe("projectedGradient", () => {
  it("obeys the laws of minimizers", () =>
    assertMinimizer((f, params, options) => projectedGradient(f, (x) => x, params, options), backend));

  it("meets the conditions of Karush, Kuhn and Tucker of non-negative least squares", async () => {
    const rows = Array.from({ length: 9 }, (_, i) => Array.from({ length: 6 }, (__, j) => Math.sin((i + 1) * (j + 2))));
    const right = rows.map((row) => row.reduce((s, a, j) => s + a * ([1, -1, 2, -0.5, 0.5, -2][j] as number), 0));
    const [A, b] = [ndarray(backend, rows), ndarray(backend, right)];
    const f = (x: Value) => mul(0.5, sum(square(sub(reshape(matmul(A, reshape(x, [6, 1])), [9]), b))));
    const found = await projectedGradient(f, (x) => maximum(x, 0), ndarray(backend, [1, 1, 1, -1, 1, 1]), { gradientTolerance: 1e-11 });
    expect(found.status).toBe("converged");
    const x = [...found.params.toArray()];
    const residual = rows.map((row, i) => row.reduce((s, a, j) => s + a * (x[j] as number), 0) - (right[i] as number));
    const gradient = x.map((_, j) => rows.reduce((s, row, i) => s + (row[j] as number) * (residual[i] as number), 0));
    expect(x.filter((t) => t === 0).length).toBeGreaterThan(0);
    expect(x.filter((t) => t > 0).length).toBeGreaterThan(0);
    x.forEach((t, j) => {
      expect(t).toBeGreaterThanOrEqual(0);
      if (t > 0) expect(Math.abs(gradient[j] as number)).toBeLessThanOrEqual(1e-9);
      else expect(gradient[j]).toBeGreaterThanOrEqual(-1e-9);
    });
  });

  it("is faster with acceleration", async () => {
    const { f, start } = quadratic(100);
    const options = { gradientTolerance: 1e-5, maxIterations: 20_000 };
    const fast = await projectedGradient(f, (x) => x, start, options);
    const slow = await projectedGradient(f, (x) => x, start, { ...options, accelerate: false });
    expect([fast.status, slow.status]).toEqual(["converged", "converged"]);
    expect(fast.iterations).toBeLessThan(slow.iterations / 3);
  });

  it("refuses a projection that changes the form", async () => {
    const f = ({ a, b }: { a: Value; b: Value }) => add(sum(square(a)), sum(b));
    const [a, b] = [ndarray(backend, [1]), ndarray(backend, [2, 3])];
    await expect(projectedGradient(f, () => ({ a, b: a }), { a, b })).rejects.toThrow(
      "projectedGradient: at .b one tree has shape [2], the other [1]; they must agree",
    );
  });

  it("takes a projection that lists the leaves in another order", async () => {
    const f = ({ a, b }: { a: Value; b: Value }) => add(sum(square(sub(a, 5))), sum(square(sub(b, -2))));
    const start = { a: ndarray(backend, [1]), b: ndarray(backend, [1]) };
    const found = await projectedGradient(f, (p: typeof start) => ({ b: maximum(p.b, 0), a: p.a }), start);
    expect(found.params.a.item()).toBeCloseTo(5, 7);
    expect(found.params.b.item()).toBe(0);
  });
});
