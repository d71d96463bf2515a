import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { adam, perSubtree, sgd } from "@paramat/optim";
import { assertOptimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";

const backend = cpu("float64");
const all = () => true;

describe("perSubtree", () => {
  it("moves each leaf by the first rule that selects it, and keeps those of a rule without optimizer", () => {
    const rule = perSubtree([
      { select: (path) => path.endsWith(".bias"), optimizer: null },
      { select: (path) => path.startsWith(".first"), optimizer: sgd({ learningRate: 1, momentum: 0.5 }) },
      { select: all, optimizer: adam({ learningRate: 0.25, epsilon: 0 }) },
    ]);
    const params = { first: { W: ndarray(backend, [1, 2]), bias: ndarray(backend, 7) }, last: { W: ndarray(backend, [3]) } };
    const gradient = { first: { W: ndarray(backend, [2, -2]), bias: ndarray(backend, 1) }, last: { W: ndarray(backend, [1e-3]) } };
    const once = rule.step(params, gradient, rule.init(params));
    const twice = rule.step(once.params, gradient, once.state).params;
    expect(twice.first.W.toNested()).toEqual([1 - 2 - 3, 2 + 2 + 3]);
    expect(twice.first.bias.item()).toBe(7);
    expect(once.params.last.W.item()).toBeCloseTo(2.75, 13);
    expect(rule.name).toBe("perSubtree(fixed, sgd, adam)");
  });

  it("obeys the laws of update rules", () =>
    assertOptimizer((learningRate) => perSubtree([{ select: all, optimizer: sgd({ learningRate, momentum: 0.5 }) }]), backend, {
      isRotationInvariant: true,
    }));

  it("refuses leaves without a rule and rules without a leaf", () => {
    const params = { W: ndarray(backend, [1]), bias: ndarray(backend, 0) };
    const move = sgd({ learningRate: 1 });
    expect(() => perSubtree([{ select: (path) => path === ".W", optimizer: move }]).init(params)).toThrow(
      "perSubtree: no rule selects .bias; let the last rule select everything, with optimizer null for what is to stay",
    );
    expect(() =>
      perSubtree([
        { select: (path) => path === ".w", optimizer: null },
        { select: all, optimizer: move },
      ]).init(params),
    ).toThrow("perSubtree: rule 0 has no leaf; the paths are .W, .bias, and the first rule that selects one takes it");
  });
});
