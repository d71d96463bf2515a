import { add, div, matmul, mul, ndarray, reshape, sqrt, square, sub, sum, type Value } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { minimizeValidation } from "../../src/choosing/minimize-validation.js";
import { tikhonov } from "../../src/tikhonov.js";
import { backend, normal } from "../fixtures/trees.js";
import { newton } from "./newton.js";
import { minus, size } from "./slow-tikhonov.js";

/** A w. */
const image = (A: Value, w: Value) => reshape(matmul(A, reshape(w, [w.size, 1])), [A.shape[0] as number]);
const scalar = (x: number) => ndarray(backend, x);

describe("minimizeValidation", () => {
  // w*(λ) = 4/(1 + λ), which is to be near 1: λ = 3.
  const shrink = {
    objective: (w: Value, lambda: Value) => add(mul(0.5, square(sub(w, 4))), mul(lambda, tikhonov()(w))),
    validation: (w: Value) => mul(0.5, square(sub(w, 1))),
  };
  const solve = (lambda: Value) => div(4, add(1, lambda));

  it("finds the λ of a literal problem, from either side and far away", async () => {
    for (const start of [0.01, 40]) {
      const found = await minimizeValidation(
        { ...shrink, validation: (w: Value) => add(0.1, shrink.validation(w)) },
        { solve, params: scalar(0), lambda: scalar(start), gradientTolerance: 1e-8 },
      );
      expect(found.outcome, String(found)).toBe("converged");
      expect(found.lambda.item()).toBeCloseTo(3, 5);
      expect(found.params.item()).toBeCloseTo(1, 5);
      expect(found.trace.length).toBeLessThan(25);
      // Every step went down.
      found.trace.forEach((row, k) => {
        if (k > 0) expect(row.value).toBeLessThan(found.trace[k - 1]!.value);
      });
    }
  });

  it("finds as good a λ for ridge regression as a fine grid, and better ones with a λ for each weight", async () => {
    const truth = ndarray(backend, [2, 0, 0, -1, 0]);
    const data = (seed: number, rows: number) => {
      const Z = normal(seed, rows, 5);
      return [Z, add(image(Z, truth), normal(seed + 1, rows))] as const;
    };
    const [[Z, c], [V, d]] = [data(11, 12), data(21, 30)];
    const fit = (A: Value, b: Value) => (w: Value) => mul(0.5, sum(square(sub(image(A, w), b))));
    const problem = {
      objective: (w: Value, lambda: Value) => add(fit(Z, c)(w), mul(0.5, sum(mul(lambda, square(w))))),
      validation: fit(V, d),
    };
    const inner = (lambda: Value) => newton((w: Value) => problem.objective(w, lambda), ndarray(backend, [0, 0, 0, 0, 0]));
    const settings = { solve: inner, params: ndarray(backend, [0, 0, 0, 0, 0]) };
    const one = await minimizeValidation(problem, { ...settings, lambda: scalar(1), gradientTolerance: 1e-7 });
    const grid = Array.from({ length: 121 }, (_, k) => problem.validation(inner(scalar(10 ** (-3 + k / 20)))).item());
    expect(one.value).toBeLessThanOrEqual(Math.min(...grid) * (1 + 1e-10));
    const each = await minimizeValidation(problem, { ...settings, lambda: ndarray(backend, [1, 1, 1, 1, 1]), maxFactor: 1e4 });
    expect(each.value).toBeLessThan(one.value);
    const distance = (w: Value) => size(minus(Array.from(w.toArray()), [2, 0, 0, -1, 0]));
    expect(distance(each.params)).toBeLessThan(distance(one.params));
  });

  it("stops at the border where λ would run away", async () => {
    const found = await minimizeValidation(
      { ...shrink, validation: (w: Value) => add(1, square(w)) },
      { solve, params: scalar(0), lambda: scalar(1), maxFactor: 100 },
    );
    expect([found.outcome, Math.round(found.lambda.item())]).toEqual(["at the border", 100]);
  });

  it("says when steps run out, when no step helps, and when there is no gradient", async () => {
    const limit = await minimizeValidation(shrink, { solve, params: scalar(0), lambda: scalar(50), maxSteps: 1 });
    expect([limit.outcome, limit.trace.length]).toEqual(["limit", 2]);
    // A solver that goes the other way.
    const wrong = await minimizeValidation(shrink, { solve: (lambda) => add(4, lambda), params: scalar(0), lambda: scalar(1) });
    expect(wrong.outcome).toBe("stalled");
    const saddle = await minimizeValidation(
      { ...shrink, objective: (w: Value, lambda: Value) => mul(lambda, mul(-1, square(w))) },
      { solve: () => scalar(2), params: scalar(0), lambda: scalar(1) },
    );
    expect([saddle.outcome, saddle.reason]).toEqual(["no gradient", expect.stringMatching(/not positive definite/)]);
  });

  it("says where the error or its gradient is NaN, and does not look for a way down there", async () => {
    let solved = 0;
    const counted = (lambda: Value) => {
      solved++;
      return solve(lambda);
    };
    const run = (validation: (w: Value) => Value) =>
      minimizeValidation({ ...shrink, validation }, { solve: counted, params: scalar(0), lambda: scalar(1) });
    const error = await run((w) => mul(Number.NaN, w));
    expect([error.outcome, error.reason]).toEqual(["not finite", expect.stringMatching(/^the validation error is NaN; /)]);
    // √0 has no slope.
    const slope = await run((w) => add(1, sqrt(mul(0, square(w)))));
    expect(slope.outcome).toBe("not finite");
    expect(solved).toBe(2);
  });

  it("refuses options outside their range", async () => {
    for (const [options, message] of [
      [{ maxSteps: 1.5 }, "minimizeValidation: maxSteps is 1.5; it must be a whole number ≥ 0"],
      [{ gradientTolerance: Number.NaN }, "minimizeValidation: gradientTolerance is NaN; it must be a finite number ≥ 0"],
      [{ maxFactor: 1 }, "minimizeValidation: maxFactor is 1; it must be > 1"],
    ] as const) {
      const refused = minimizeValidation(shrink, { solve, params: scalar(0), lambda: scalar(1), ...options });
      await expect(refused).rejects.toThrow(new RangeError(message));
    }
  });

  it("refuses a λ that has no logarithm, before anything is solved", async () => {
    let solved = 0;
    const solve = (_: Value, w: Value) => {
      solved++;
      return w;
    };
    const options = { solve, params: ndarray(backend, 1), lambda: ndarray(backend, -0.5) };
    const problem = { objective: (w: Value, lambda: Value) => mul(lambda, square(w)), validation: (w: Value) => square(w) };
    await expect(minimizeValidation(problem, options)).rejects.toThrow(
      new RangeError("minimizeValidation: lambda holds -0.5; all numbers must be finite and > 0, as log λ is what changes"),
    );
    expect(solved).toBe(0);
  });

  it("prints its trace", async () => {
    const text = String(await minimizeValidation(shrink, { solve, params: scalar(0), lambda: scalar(1), maxSteps: 2 }));
    expect(text.split("\n")[1]).toMatch(/^step +λ +validation error +‖d\/d log λ‖ +moved +products$/);
    expect(text.split("\n")).toHaveLength(5);
  });
});
