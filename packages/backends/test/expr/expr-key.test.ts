import { test } from "@fast-check/vitest";
import { expect } from "vitest";
import { exprKey } from "../../src/expr/expr-key.js";
import { call, constant, type Expr, input } from "../../src/expr.js";
import { randomExpr, sharedTower } from "./random-expr.js";

test.prop([randomExpr(2), randomExpr(2)])("equal exactly where the trees are equal", (f, g) => {
  expect(exprKey(f) === exprKey(g)).toBe(JSON.stringify(f) === JSON.stringify(g));
});

test.prop([randomExpr(3)])("does not depend on which nodes are shared", (f) => {
  expect(exprKey(unshared(f))).toBe(exprKey(f));
});

test("constants that print alike or nearly are told apart", () => {
  const keys = [0, -0, Number.NaN, Infinity, -Infinity, 0.1, 0.1 + 2 ** -56].map((value) => exprKey(constant(value)));
  expect(new Set(keys).size).toBe(keys.length);
  expect(exprKey(call("add", input(0), call("exp", input(0))))).toBe("x0;exp(0);add(0,1)");
});

test("is linear in the number of node objects", () => {
  expect(exprKey(sharedTower(100)).length).toBeLessThan(4000);
});

function unshared(f: Expr): Expr {
  return f.kind === "call" ? { ...f, args: f.args.map(unshared) } : { ...f };
}
