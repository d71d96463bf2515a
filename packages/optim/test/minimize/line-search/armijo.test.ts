import { slice, sum, type Value } from "@paramat/core";
import { armijo } from "@paramat/optim";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemOf } from "../../../src/minimize/problem.js";
import { initial, point, scalar, searched } from "./searched.js";

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
