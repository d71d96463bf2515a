import { log, mul, slice, sub, sum, type Value } from "@paramat/core";
import { strongWolfe } from "@paramat/optim";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemOf } from "../../../src/minimize/problem.js";
import { initial, point, scalar, searched } from "./searched.js";

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
