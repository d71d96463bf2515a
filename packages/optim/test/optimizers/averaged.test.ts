import { cpu } from "@paramat/backends";
import { ndarray, type Value } from "@paramat/core";
import { type AveragedOptions, averaged, averageOf, sgd } from "@paramat/optim";
import { assertOptimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";

const backend = cpu("float64");

/** The averages while sgd goes 1, 2, 3, 4, 5 from 0. */
function averages(options: AveragedOptions): number[] {
  const rule = averaged(sgd({ learningRate: 1 }), options);
  let at = { params: ndarray(backend, 0) as Value, state: rule.init(ndarray(backend, 0)) };
  return [1, 2, 3, 4, 5].map((k) => {
    at = rule.step(at.params, ndarray(backend, -1), at.state);
    expect(at.params.item()).toBe(k);
    return averageOf(at.state, at.params).item();
  });
}

describe("averaged", () => {
  it("keeps the mean of all parameters since `start`", () => {
    const found = averages({});
    [1, 1.5, 2, 2.5, 3].forEach((x, i) => void expect(found[i]).toBeCloseTo(x, 14));
    const later = averages({ start: 2 });
    [1, 2, 3, 3.5, 4].forEach((x, i) => void expect(later[i]).toBeCloseTo(x, 14));
  });

  it("or a running mean that begins at the first that counts", () => {
    expect(averages({ decay: 0.5 })).toEqual([1, 1.5, 2.25, 3.125, 4.0625]);
    expect(averages({ decay: 0.5, start: 1 })).toEqual([1, 2, 2.5, 3.25, 4.125]);
  });

  it("before the first update is the parameters", () => {
    const rule = averaged(sgd({ learningRate: 1 }));
    const params = { a: ndarray(backend, [3, 4]) };
    expect(averageOf(rule.init(params), params).a.toNested()).toEqual([3, 4]);
    expect(() => averageOf(sgd({ learningRate: 1 }).init(params), params)).toThrow(
      new TypeError("averageOf: the state holds no average; give that of an averaged(optimizer), the outermost one"),
    );
  });

  it("obeys the laws of update rules", () =>
    assertOptimizer((learningRate) => averaged(sgd({ learningRate, momentum: 0.5 }), { decay: 0.9 }), backend, {
      isRotationInvariant: true,
    }));

  it("refuses options outside their ranges", () => {
    expect(() => averaged(sgd({ learningRate: 1 }), { decay: 1 })).toThrow(new RangeError("averaged: decay is 1; it must be in [0, 1)"));
    expect(() => averaged(sgd({ learningRate: 1 }), { start: -1 })).toThrow(
      new RangeError("averaged: start is -1; it must be a whole number ≥ 0"),
    );
  });
});
