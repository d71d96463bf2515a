import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate } from "../../src/expr/evaluate.js";
import { print } from "../../src/expr/print.js";
import { call, constant, input } from "../../src/expr.js";
import { exactFormula } from "../../src/program/exact-formula.js";
import { comparesInputs, formulaCost } from "../../src/program/formula-cost.js";
import { isZeroPreserving } from "../../src/program/zero-preserving.js";
import { randomExpr } from "../expr/random-expr.js";

const x = input(0);
const y = input(1);

test("folding keeps the value, NaN and infinity included", () => {
  // Without division and powers the sign of a zero, which folding x + 0 may change, shows nowhere.
  const ops = ["neg", "abs", "add", "sub", "mul", "min", "max", "lt", "eq", "select", "exp"] as const;
  const number = fc.constantFrom(-2, -0.5, 0, 1, 3, Number.NaN, Number.POSITIVE_INFINITY, -1e300);
  fc.assert(
    fc.property(randomExpr(2, ops), number, number, (f, a, b) => {
      expect(evaluate(exactFormula(f), [a, b]) + 0).toBe(evaluate(f, [a, b]) + 0);
    }),
  );
  expect(print(exactFormula(call("mul", call("add", x, 0), call("div", 1, 1))))).toBe("x0");
  expect(print(exactFormula(call("select", call("lt", 1, 2), x, y)))).toBe("x0");
  expect(exactFormula(call("add", call("mul", 2, 3), 1))).toEqual(constant(7));
});

test("0·x stays, which is NaN for an infinite x", () => {
  expect(print(exactFormula(call("mul", 0, x)))).toBe("0 * x0");
});

test("formulas that are 0 where an input is", () => {
  const reluSlope = call("mul", call("select", call("le", y, 0), 0, 1), x);
  expect(isZeroPreserving(reluSlope, 0)).toBe(true);
  expect(isZeroPreserving(call("neg", call("select", call("lt", y, 0), x, call("mul", 0.1, x))), 0)).toBe(true);
  // y may be infinite.
  expect(isZeroPreserving(call("mul", y, x), 0)).toBe(false);
  expect(isZeroPreserving(call("add", x, 1), 0)).toBe(false);
  expect(isZeroPreserving(reluSlope, 1)).toBe(false);
});

test("costs, and comparisons of inputs with inputs", () => {
  expect([call("add", x, y), call("div", x, y), call("exp", x)].map(formulaCost)).toEqual([1, 5, 20]);
  expect(comparesInputs(call("eq", x, y))).toBe(true);
  expect(comparesInputs(call("select", call("le", x, 0), 0, y))).toBe(false);
});
