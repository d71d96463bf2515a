import * as fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate } from "../../src/expr/evaluate.js";
import { fold } from "../../src/expr/fold.js";
import { call, type Expr, input } from "../../src/expr.js";
import { formulaSteps } from "../../src/gpu/formula-steps.js";
import { formulaCost } from "../../src/program/formula-cost.js";

const limits = { operands: 3, cost: 30 };
const sum = (n: number): Expr => Array.from({ length: n }, (_, k) => input(k)).reduce((s, x) => call("add", s, x));
const each = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

/** f by its steps. */
function byStep(f: Expr, values: readonly number[], operands: readonly number[]): number {
  const known = [...values];
  for (const step of formulaSteps(f, operands, limits)) {
    known.push(
      evaluate(
        step.f,
        step.inputs.map((k) => known[k]!),
      ),
    );
  }
  return known.at(-1)!;
}

/** Formulas of eight inputs in which parts are used more than once. */
const formulas = fc
  .array(fc.tuple(fc.constantFrom("add", "mul", "min", "sin", "select" as const), fc.nat(), fc.nat(), fc.nat()), {
    minLength: 1,
    maxLength: 25,
  })
  .map((drawn) => {
    const nodes: Expr[] = each(8).map(input);
    for (const [op, a, b, c] of drawn) {
      const [x, y, z] = [a, b, c].map((k) => nodes[nodes.length - 1 - (k % Math.min(nodes.length, 9))]!) as [Expr, Expr, Expr];
      nodes.push(op === "sin" ? call(op, x) : op === "select" ? call(op, x, y, z) : call(op, x, y));
    }
    return nodes.at(-1)!;
  });

test("steps give the formula, and keep within the limits", () => {
  const operands = [0, 1, 2, 3, 4, 4, 5, 5];
  fc.assert(
    fc.property(formulas, (f) => {
      const values = each(8).map((k) => Math.cos(k + 0.5));
      expect(byStep(f, values, operands)).toBe(evaluate(f, values));
      for (const step of formulaSteps(f, operands, limits)) {
        expect(new Set(step.inputs.map((k) => operands[k] ?? k)).size).toBeLessThanOrEqual(limits.operands);
        expect(formulaCost(step.f)).toBeLessThanOrEqual(limits.cost);
      }
    }),
  );
});

test("a formula within the limits is one step", () => {
  expect(formulaSteps(sum(3), each(3), limits)).toEqual([{ f: sum(3), inputs: [0, 1, 2] }]);
});

test("inputs that share an operand count once", () => {
  expect(formulaSteps(sum(6), [0, 1, 2, 0, 1, 2], limits)).toHaveLength(1);
});

test("a sum of n operands takes as few steps as can be: each saves two", () => {
  for (const n of [4, 5, 9, 21]) expect(formulaSteps(sum(n), each(n), limits)).toHaveLength(Math.ceil((n - 1) / 2));
});

test("where all is used everywhere, arguments are computed before", () => {
  const all = sum(5);
  const f = call("mul", all, call("select", call("lt", sum(4), input(4)), call("mul", input(0), input(3)), all));
  const values = [0.5, -1, 2, 3, -4];
  expect(byStep(f, values, each(5))).toBe(evaluate(f, values));
});

test("a long chain is cut where its cost says", () => {
  let f: Expr = input(0);
  for (let k = 0; k < 100; k++) f = call("add", call("mul", f, 2), input(k % 2));
  const steps = formulaSteps(f, each(2), limits);
  expect(steps).toHaveLength(Math.ceil(200 / 30));
  expect(fold<number>(steps[0]!.f, (_, args) => 1 + Math.max(0, ...args))).toBe(31);
});
