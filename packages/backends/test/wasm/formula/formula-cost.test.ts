import { expect, test } from "vitest";
import { call, input } from "../../../src/expr.js";
import { formulaCost } from "../../../src/wasm/formula/formula-cost.js";

test("a shared subformula counts once, inputs and constants nothing", () => {
  const square = call("mul", input(0), input(0));
  expect(formulaCost(input(0))).toBe(0);
  expect(formulaCost(call("add", square, square))).toBe(2);
});

test("powers that are products cost as products", () => {
  expect(formulaCost(call("pow", input(0), 2))).toBeLessThan(3);
  expect(formulaCost(call("pow", input(0), 2.5))).toBeGreaterThan(20);
  expect(formulaCost(call("pow", input(0), input(1)))).toBeGreaterThan(20);
});
