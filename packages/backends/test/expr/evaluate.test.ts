import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { evaluate } from "../../src/expr/evaluate.js";
import { call, constant, input, scalarOps } from "../../src/expr.js";
import { allOps, randomExpr, sharedTower, treeValue } from "./random-expr.js";

// erf and sigmoid differ from the slow reference in the last digits, which a comparison or a pole can magnify: they are tested on their own.
const exactOps = allOps.filter((op) => !["erf", "sigmoid", "softplus", "pow"].includes(op));
const number = fc.double({ min: -3, max: 3, noNaN: true });

test.prop([randomExpr(2, exactOps), number, number])("is the recursive value", (f, x, y) => {
  expect(evaluate(f, [x, y])).toBe(treeValue(f, [x, y]));
});

test.prop([fc.constantFrom(...allOps), number, number, number])("each operation is the textbook one", (op, x, y, z) => {
  const f = call(op, ...[input(0), input(1), input(2)].slice(0, scalarOps[op]));
  const [value, reference] = [evaluate(f, [x, y, z]), treeValue(f, [x, y, z])];
  expect(value).toSatisfy((v: number) => Object.is(v, reference) || Math.abs(v - reference) <= 1e-12 * (1 + Math.abs(reference)));
});

test("literal values", () => {
  expect(evaluate(call("add", call("mul", 2, input(0)), input(1)), [3, 4])).toBe(10);
  expect(evaluate(call("select", call("gt", input(0), 0), input(0), call("log", input(0))), [-1])).toBeNaN();
  expect(evaluate(call("select", call("gt", input(0), 0), call("log", input(0)), 7), [-1])).toBe(7);
  expect(evaluate(call("round", input(0)), [2.5])).toBe(3);
  expect(evaluate(call("round", input(0)), [-2.5])).toBe(-2);
  expect(evaluate(call("lt", constant(Number.NaN), 1), [])).toBe(0);
  expect(evaluate(call("max", constant(Number.NaN), 1), [])).toBeNaN();
  expect(evaluate(sharedTower(500), [1.25])).toBe(1.25);
});

test("a missing input is an error", () => {
  expect(() => evaluate(input(2), [1])).toThrow("evaluate: the formula reads input 2; 1 given; give at least 3");
});
