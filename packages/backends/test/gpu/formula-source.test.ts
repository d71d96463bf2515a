import { expect, test } from "vitest";
import { call, constant, type Expr, input } from "../../src/expr.js";
import { formulaSource } from "../../src/gpu/formula-source.js";

const source = (f: Expr) => formulaSource(f, ["a0[i]", "a1[i]"], "t");

test("each distinct subformula is computed once", () => {
  const square = call("mul", input(0), input(0));
  expect(source(call("add", square, call("sin", call("mul", input(0), input(0)))))).toEqual({
    code: "let t0 = a0[i];\nlet t1 = (t0 * t0);\nlet t2 = sinOf(t1);\nlet t3 = (t1 + t2);",
    value: "t3",
  });
});

test("what has no inputs is computed beforehand, in float32: compilers refuse constants that overflow", () => {
  expect(source(call("mul", 1e30, 1e30))).toEqual({ code: "", value: "math[0]" });
  expect(source(call("add", input(0), call("div", 1, 3)))).toEqual({
    code: "let t0 = a0[i];\nlet t4 = (t0 + 0.3333333432674408);",
    value: "t4",
  });
  expect(source(constant(-1.5))).toEqual({ code: "", value: "(-1.5)" });
});

test.each([
  [-2, "(1.0 / (t0 * t0))"],
  [-1, "(1.0 / t0)"],
  [1, "t0"],
  [2, "(t0 * t0)"],
  [3, "(t0 * t0 * t0)"],
  [4, "((t0 * t0) * (t0 * t0))"],
  [5, "powOf(t0, 5)"],
  [0.5, "powOf(t0, 0.5)"],
])("to the power of %d is %s", (exponent, text) => {
  expect(source(call("pow", input(0), exponent)).code).toContain(` = ${text};`);
});

test("0 in products is no literal, which compilers would take the whole product for", () => {
  expect(source(call("mul", input(0), 0)).code).toContain("(t0 * math[281])");
  expect(source(call("mul", 0, input(0))).code).toContain("(math[281] * t1)");
  expect(source(call("div", 0, input(0))).code).toContain("(math[281] / t1)");
  expect(source(call("mul", input(0), -0)).code).toContain("(t0 * math[280])");
  expect(source(call("max", input(0), 0)).code).toContain("maxOf(t0, 0)");
});

test("≠ and select do not ask whether numbers differ, which devices answer wrongly for NaN", () => {
  expect(source(call("ne", input(0), input(1))).code).toContain("(t0 === t1 ? 0.0 : 1.0)");
  expect(source(call("select", input(0), input(1), 2)).code).toContain("(t0 === 0.0 ? 2 : t1)");
});
