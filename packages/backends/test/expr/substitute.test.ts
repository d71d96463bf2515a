import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { evaluate } from "../../src/expr/evaluate.js";
import { fold } from "../../src/expr/fold.js";
import { substitute } from "../../src/expr/substitute.js";
import { call, input } from "../../src/expr.js";
import { randomExpr, sharedTower } from "./random-expr.js";

const number = fc.double({ min: -3, max: 3, noNaN: true });

test.prop([randomExpr(2), randomExpr(1), randomExpr(1), number])("f(g, h)(x) = f(g(x), h(x))", (f, g, h, x) => {
  const composed = substitute(f, (e) => (e.kind === "input" ? [g, h][e.index] : undefined));
  expect(evaluate(composed, [x])).toBe(evaluate(f, [evaluate(g, [x]), evaluate(h, [x])]));
});

test("what does not change stays the same object, what is shared stays shared, what was replaced is not searched", () => {
  const kept = call("exp", input(0));
  const f = call("add", kept, call("mul", input(1), 2));
  const g = substitute(f, (e) => (e.kind === "input" && e.index === 1 ? input(0) : undefined));
  expect(g).toEqual(call("add", kept, call("mul", input(0), 2)));
  expect(g.kind === "call" && g.args[0]).toBe(kept);
  expect(substitute(f, () => undefined)).toBe(f);
  expect(substitute(input(0), (e) => (e.kind === "input" ? call("exp", e) : undefined))).toEqual(kept);
  let count = 0;
  fold(
    substitute(sharedTower(60), (e) => (e.kind === "input" ? input(1) : undefined)),
    () => count++,
  );
  expect(count).toBe(181);
});
