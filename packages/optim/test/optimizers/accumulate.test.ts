import { cpu } from "@paramat/backends";
import { compile, ndarray } from "@paramat/core";
import { accumulate, adam, sgd } from "@paramat/optim";
import { assertOptimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";

const backend = cpu("float64");
const gradients = [
  [1, 4],
  [3, 0],
  [-2, 1],
  [0, 7],
  [5, 5],
  [1, -1],
].map((g) => ndarray(backend, g));

describe("accumulate", () => {
  it("moves at every third gradient by the mean of three, as the optimizer inside would, compiled too", () => {
    const rule = accumulate(adam({ learningRate: (step) => 0.1 / (1 + step) }), 3);
    const inner = adam({ learningRate: (step) => 0.1 / (1 + step) });
    const start = ndarray(backend, [1, 1]);
    const first = inner.step(start, ndarray(backend, [2 / 3, 5 / 3]), inner.init(start));
    const second = inner.step(first.params, ndarray(backend, [2, 11 / 3]), first.state);
    const want = [start, start, first.params, first.params, first.params, second.params];
    for (const step of [rule.step, compile(rule.step)] as (typeof rule.step)[]) {
      let at = { params: start, state: rule.init(start) };
      gradients.forEach((g, k) => {
        at = step(at.params, g, at.state);
        at.params.toArray().forEach((x, i) => void expect(Math.abs(x - (want[k]?.toArray()[i] as number))).toBeLessThanOrEqual(1e-14));
      });
      expect(at.state.gathered.item()).toBe(0);
    }
  });

  it("with one step is the optimizer inside", () => {
    const rule = accumulate(sgd({ learningRate: 0.5 }), 1);
    const theta = ndarray(backend, [1, 1]);
    expect(rule.step(theta, ndarray(backend, [2, 4]), rule.init(theta)).params.toNested()).toEqual([0, -1]);
  });

  it("obeys the laws of update rules", () =>
    assertOptimizer((learningRate) => accumulate(sgd({ learningRate, momentum: 0.5 }), 2), backend, {
      followsSchedule: false,
      isRotationInvariant: true,
    }));

  it("refuses counts that are none", () => {
    expect(() => accumulate(sgd({ learningRate: 1 }), 0)).toThrow(new RangeError("accumulate: steps is 0; it must be a whole number ≥ 1"));
  });
});
