import { cpu } from "@paramat/backends";
import { grad, maximum, mul, ndarray, sub, sum, type Value } from "@paramat/core";
import { projected, sgd } from "@paramat/optim";
import { assertOptimizer } from "@paramat/optim/laws";
import { describe, expect, test } from "vitest";

const backend = cpu("float64");

describe("projected", () => {
  test("one step by hand: max(θ − rate·∇f, 0)", () => {
    const rule = projected(sgd({ learningRate: 0.5 }), (x: Value) => maximum(x, 0));
    const theta = ndarray(backend, [1, 1]);
    expect(rule.step(theta, ndarray(backend, [4, -4]), rule.init(theta)).params.toNested()).toEqual([0, 3]);
    expect(rule.name).toBe("projected sgd");
  });

  test("obeys the laws of update rules where the set binds nothing", () =>
    assertOptimizer((learningRate) => projected(sgd({ learningRate }), (x) => x), backend, { isRotationInvariant: true, isSteady: true }));

  test("finds the nearest point of θ ≥ 0", () => {
    const target = ndarray(backend, [2, -3, 0.5]);
    const f = (x: Value) => mul(0.5, sum(mul(sub(x, target), sub(x, target))));
    const rule = projected(sgd({ learningRate: 0.5 }), (x: Value) => maximum(x, 0));
    let theta: Value = ndarray(backend, [1, 1, 1]);
    let state = rule.init(theta);
    for (let k = 0; k < 80; k++) ({ params: theta, state } = rule.step(theta, grad(f)(theta), state));
    theta.toArray().forEach((x: number, i: number) => void expect(x).toBeCloseTo([2, 0, 0.5][i] as number, 12));
  });
});
