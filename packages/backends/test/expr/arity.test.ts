import { expect, test } from "vitest";
import { arity } from "../../src/expr/arity.js";
import { call, constant, input } from "../../src/expr.js";

test("one more than the largest input index, 0 for a constant", () => {
  expect(arity(constant(3))).toBe(0);
  expect(arity(input(0))).toBe(1);
  expect(arity(call("add", input(4), call("exp", input(1))))).toBe(5);
});
