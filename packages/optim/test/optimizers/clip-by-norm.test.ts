import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { clipByNorm, sgd } from "@paramat/optim";
import { assertOptimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";

const backend = cpu("float64");

describe("clipByNorm", () => {
  it("shortens what is too long, all leaves together, and leaves the rest", () => {
    const rule = clipByNorm(sgd({ learningRate: 1 }), 2.5);
    const params = { a: ndarray(backend, [0]), b: ndarray(backend, 0) };
    const step = (a: number, b: number) => {
      const { params: after } = rule.step(params, { a: ndarray(backend, [a]), b: ndarray(backend, b) }, rule.init(params));
      return [after.a.item(), after.b.item()];
    };
    step(3, 4).forEach((x, i) => void expect(x).toBeCloseTo([-1.5, -2][i] as number, 14));
    expect(step(1.5, -2)).toEqual([-1.5, 2]);
    expect(step(Number.NaN, 1)).toEqual([Number.NaN, Number.NaN]);
    expect([rule.name, rule.settings?.["maxNorm"]]).toEqual(["clipped sgd", 2.5]);
  });

  it("takes lengths of 1e30 in float32", () => {
    const rule = clipByNorm(sgd({ learningRate: 1 }), 1e15);
    const theta = ndarray(cpu("float32"), [0]);
    expect(rule.step(theta, ndarray(theta.backend, [1e30]), rule.init(theta)).params.item() / -1e15).toBeCloseTo(1, 6);
  });

  it("obeys the laws of update rules", () =>
    assertOptimizer((learningRate) => clipByNorm(sgd({ learningRate, momentum: 0.5 }), 3), backend, { isRotationInvariant: true }));

  it("refuses lengths that are none", () => {
    for (const bad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => clipByNorm(sgd({ learningRate: 1 }), bad)).toThrow(
        new RangeError(`clipByNorm: maxNorm is ${bad}; it must be a finite number > 0`),
      );
  });
});
