import { log, mul, ndarray, slice, sub, sum, type Value } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { armijo } from "../../../src/minimize/line-search/armijo.js";
import { strongWolfe } from "../../../src/minimize/line-search/strong-wolfe.js";
import { problemOf } from "../../../src/minimize/problem.js";
import { backend, rosenbrock } from "../problems.js";

const scalar = (x: number) => ndarray(backend, [x]);

/** φ along the negative gradient of Rosenbrock's function, from a point drawn. */
async function searched(search: ReturnType<typeof armijo>, x: readonly number[], initial: number) {
  const params = ndarray(backend, x);
  const problem = problemOf("test", rosenbrock, params, {});
  const from = await problem.pointAt(params);
  const slope = -(from.gradientNorm ** 2);
  const found = await search(problem, { from, direction: mul(-1, from.gradient), slope, initial });
  const after = found && -found.point.gradient.toArray().reduce((s, g, i) => s + g * (from.gradient.toArray()[i] as number), 0);
  return { from, slope, found, after };
}

const point = fc
  .tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 1.5, max: 5, noNaN: true }))
  .map(([a, b]) => [a, a * a + b]);
const initial = fc.double({ min: -12, max: 8, noNaN: true }).map((x) => 2 ** x);

describe("strongWolfe", () => {
  it("meets both conditions from any first step", async () => {
    await fc.assert(
      fc.asyncProperty(point, initial, fc.constantFrom(0.1, 0.5, 0.9), async (x, first, curvature) => {
        const { from, slope, found, after } = await searched(strongWolfe({ curvature }), x, first);
        expect(found).not.toBeNull();
        expect(found?.point.value).toBeLessThanOrEqual(from.value + 1e-4 * (found?.alpha as number) * slope);
        expect(Math.abs(after as number)).toBeLessThanOrEqual(-curvature * slope * (1 + 1e-12));
      }),
      { numRuns: 60 },
    );
  });

  it("comes back from where the function is not defined", async () => {
    // −log(1 − x) − 3x has its minimum at 2/3 and is NaN from 1 on.
    const f = (x: Value) => sum(sub(mul(-1, log(sub(1, x))), mul(3, x)));
    const problem = problemOf("test", f, scalar(0), {});
    const from = await problem.pointAt(scalar(0));
    const found = await strongWolfe({ curvature: 0.01 })(problem, { from, direction: scalar(1), slope: -2, initial: 10 });
    expect(found?.alpha).toBeGreaterThan(0.66);
    expect(found?.alpha).toBeLessThan(0.674);
  });

  it("gives null where the direction does not descend", async () => {
    const f = (x: Value) => sum(slice(x, 0, 0, 1));
    const problem = problemOf("test", f, scalar(0), {});
    const from = await problem.pointAt(scalar(0));
    expect(await strongWolfe()(problem, { from, direction: scalar(1), slope: -1, initial: 1 })).toBeNull();
  });

  it("refuses conditions that contradict each other", () => {
    expect(() => strongWolfe({ decrease: 0.5, curvature: 0.1 })).toThrow(
      new RangeError("strongWolfe: decrease is 0.5, curvature 0.1; 0 < decrease < curvature < 1 must hold"),
    );
  });
});

describe("armijo", () => {
  it("meets its condition from any first step, with one gradient", async () => {
    await fc.assert(
      fc.asyncProperty(point, initial, async (x, first) => {
        const { from, slope, found } = await searched(armijo(), x, first);
        expect(found?.point.value).toBeLessThanOrEqual(from.value + 1e-4 * (found?.alpha as number) * slope + 1e-13 * from.value);
      }),
      { numRuns: 60 },
    );
  });

  it("takes the first step if that is good, and gives null where there is none", async () => {
    const f = (x: Value) => sum(slice(x, 0, 0, 1));
    const problem = problemOf("test", f, scalar(0), {});
    const from = await problem.pointAt(scalar(0));
    const down = await armijo()(problem, { from, direction: scalar(-1), slope: -1, initial: 3 });
    expect([down?.alpha, problem.evaluations()]).toEqual([3, { value: 3, gradient: 2, hessianVector: 0 }]);
    expect(await armijo({ maxTrials: 5 })(problem, { from, direction: scalar(1), slope: -1, initial: 1 })).toBeNull();
  });
});
