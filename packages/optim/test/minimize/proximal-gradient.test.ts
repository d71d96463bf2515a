import {
  abs,
  add,
  greater,
  leaves,
  mapLeaves,
  maximum,
  min,
  mul,
  ndarray,
  neg,
  square,
  sub,
  sum,
  type Tree,
  type Value,
  where,
} from "@paramat/core";
import { proximalGradient } from "@paramat/optim";
import { assertMinimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";
import { backend, quadratic } from "./problems.js";

/** λ Σ|w| with its proximal map, soft thresholding. */
function l1(lambda: number) {
  const value = (params: Tree): Value =>
    mul(
      lambda,
      leaves(params)
        .map((w) => sum(abs(w)))
        .reduce((a, b) => add(a, b)),
    );
  const prox = <P extends Tree>(params: P, tau: number): P =>
    mapLeaves(params, (w) => sub(maximum(sub(w, lambda * tau), 0), maximum(sub(neg(w), lambda * tau), 0)));
  return Object.assign(value, { prox });
}

describe("proximalGradient", () => {
  it("obeys the laws of minimizers", () => assertMinimizer((f, params, options) => proximalGradient(f, l1(0), params, options), backend));

  it("with f = ½‖x − c‖² gives the soft threshold of c", async () => {
    const centre = ndarray(backend, [3, -0.5, 0.2, -2]);
    const found = await proximalGradient((x: Value) => mul(0.5, sum(square(sub(x, centre)))), l1(0.75), ndarray(backend, [1, 1, 1, 1]));
    found.params.toArray().forEach((x: number, i: number) => void expect(x).toBeCloseTo([2.25, 0, 0, -1.25][i] as number, 8));
    expect(found.value).toBeCloseTo(0.5 * (0.75 ** 2 + 0.25 + 0.04 + 0.75 ** 2) + 0.75 * 3.5, 8);
  });

  it.each([true, false])(
    "meets the conditions of the lasso: −∇f = λ sign x, or within ±λ where x = 0 (accelerated: %s)",
    async (accelerate) => {
      const { start, eigenvalues, reflect, f, minimizer } = quadratic(20);
      const lambda = 2.5;
      const found = await proximalGradient(f, l1(lambda), start, { gradientTolerance: 1e-11, accelerate, maxIterations: 20_000 });
      expect(found.status).toBe("converged");
      const gradient = reflect(mul(eigenvalues, reflect(sub(found.params, ndarray(backend, minimizer))))).toArray();
      const x = [...found.params.toArray()];
      expect(x.filter((t) => t === 0).length).toBeGreaterThan(1);
      expect(x.filter((t) => t !== 0).length).toBeGreaterThan(1);
      x.forEach((t, i) => {
        const g = gradient[i] as number;
        if (t === 0) expect(Math.abs(g)).toBeLessThanOrEqual(lambda + 1e-9);
        else expect(Math.abs(g + lambda * Math.sign(t))).toBeLessThanOrEqual(1e-9);
      });
    },
  );

  it("begins inside where the start is outside the set that the penalty is the indicator of", async () => {
    const inside = (x: Value): Value => where(greater(0, min(x)), Number.POSITIVE_INFINITY, 0);
    const nonNegative = Object.assign(inside, { prox: (x: Value) => maximum(x, 0) });
    const f = (x: Value) => mul(0.5, sum(square(sub(x, ndarray(backend, [3, -0.5, 0.25])))));
    const start = ndarray(backend, [-1, -5, 1]);
    const found = await proximalGradient(f, nonNegative, start);
    expect(found.status).toBe("converged");
    found.params.toArray().forEach((x, i) => void expect(x).toBeCloseTo([3, 0, 0.25][i] as number, 7));
    // f at (0, 0, 1).
    expect(found.history[0]?.value).toBeCloseTo(0.5 * (9 + 0.25 + 0.5625), 12);
    expect(start.toNested()).toEqual([-1, -5, 1]);
  });

  it("refuses a penalty whose proximal map is not known", async () => {
    const penalty = (x: Value) => sum(abs(x));
    await expect(proximalGradient((x: Value) => sum(x), penalty, ndarray(backend, [1]))).rejects.toThrow(
      "proximalGradient: the penalty has no proximal map; give one that has `prox(params, tau)`, or smooth it and use lbfgs",
    );
  });
});
