import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { erf } from "../../src/expr/erf.js";
import { evaluate } from "../../src/expr/evaluate.js";
import { pow } from "../../src/expr/scalar-functions.js";
import { toJavaScript } from "../../src/expr/to-javascript.js";
import { call, constant, type Expr, input } from "../../src/expr.js";
import { randomExpr, sharedTower } from "./random-expr.js";

const anyNumber = fc.oneof(fc.double({ min: -3, max: 3 }), fc.constantFrom(0, -0, Infinity, -Infinity, 1000, -1000));

function run(f: Expr, x: number, y: number): number {
  const { statements, result } = toJavaScript(f, ["x", "y"]);
  return new Function("x", "y", "erf", "pow", `"use strict"; ${statements.join("\n")} return ${result};`)(x, y, erf, pow) as number;
}

test.prop([randomExpr(2), anyNumber, anyNumber], { numRuns: 1000 })("gives the bits of evaluate", (f, x, y) => {
  expect(run(f, x, y)).toBe(evaluate(f, [x, y]));
});

test("each subformula once, also where equal nodes are different objects", () => {
  const f = call("mul", call("exp", input(0)), call("sub", 1, call("exp", input(0))));
  expect(toJavaScript(f, ["x"])).toEqual({
    statements: ["const t0 = Math.exp(x);", "const t1 = 1 - t0;", "const t2 = t0 * t1;"],
    result: "t2",
  });
  expect(toJavaScript(sharedTower(200), ["x"]).statements.length).toBe(400);
});

test("a comparison that only chooses stays a condition", () => {
  const positive = call("gt", input(0), 0);
  expect(toJavaScript(call("select", positive, input(0), 0), ["x"])).toEqual({ statements: ["const t0 = x > 0 ? x : 0;"], result: "t0" });
  expect(run(call("add", positive, call("select", positive, 10, 20)), 1, 0)).toBe(11);
  expect(run(call("add", positive, call("select", positive, 10, 20)), -1, 0)).toBe(20);
});

test("negative, infinite and undefined constants, and names that are taken", () => {
  expect(run(call("neg", constant(-2)), 0, 0)).toBe(2);
  expect(run(call("sub", input(0), constant(-0)), -0, 0)).toBe(0);
  expect(run(call("div", 1, constant(-0)), 0, 0)).toBe(-Infinity);
  expect(run(call("add", constant(Number.NaN), input(0)), 1, 0)).toBeNaN();
  expect(toJavaScript(call("exp", input(0)), ["t0"]).statements).toEqual(["const t1 = Math.exp(t0);"]);
  expect(toJavaScript(constant(-3), []).result).toBe("(-3)");
});

test("a missing name is an error", () => {
  expect(() => toJavaScript(input(1), ["x"])).toThrow("toJavaScript: the formula reads input 1; 1 names given; give at least 2");
});
