import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { print } from "../../src/expr/print.js";
import { call, constant, type Expr, input } from "../../src/expr.js";
import { allOps, randomExpr, sharedTower, treeValue } from "./random-expr.js";

const x = input(0);
const y = input(1);
const number = fc.double({ min: -3, max: 3, noNaN: true });

// JavaScript's own parser is the independent reader: every operator but the power means the same there.
test.prop(
  [
    randomExpr(
      2,
      allOps.filter((op) => !["pow", "erf", "sigmoid", "softplus", "select"].includes(op)),
    ),
    number,
    number,
  ],
  { numRuns: 500 },
)("reads back as the same formula", (f, a, b) => {
  const statements = print(f).split("; ");
  const result = statements.pop();
  const read = new Function("x0", "x1", `with (Math) { ${statements.map((s) => `const ${s};`).join(" ")} return Number(${result}); }`);
  expect(read(a, b)).toBe(treeValue(f, [a, b]));
});

describe("as few parentheses as it needs", () => {
  const cases: readonly (readonly [Expr, string])[] = [
    [call("select", call("gt", x, 0), x, 0), "select(x0 > 0, x0, 0)"],
    [call("mul", x, call("sub", 1, x)), "x0 * (1 - x0)"],
    [call("add", call("mul", 2, x), y), "2 * x0 + x1"],
    [call("sub", x, call("sub", y, 1)), "x0 - (x1 - 1)"],
    [call("div", x, call("mul", y, 2)), "x0 / (x1 * 2)"],
    [call("neg", call("pow", x, 2)), "-x0^2"],
    [call("pow", call("neg", x), 2), "(-x0)^2"],
    [call("pow", x, call("pow", y, 2)), "x0^(x1^2)"],
    [call("pow", x, -1), "x0^(-1)"],
    [call("sub", x, -2), "x0 - (-2)"],
    [call("mul", -2, x), "-2 * x0"],
    [call("neg", call("mul", x, y)), "-(x0 * x1)"],
    [call("mul", call("lt", x, y), x), "(x0 < x1) * x0"],
    [call("exp", call("neg", x)), "exp(-x0)"],
    [call("min", x, constant(Infinity)), "min(x0, Infinity)"],
  ];
  test.each(cases)("%#", (f, text) => {
    expect(print(f)).toBe(text);
  });
});

test("names of the inputs", () => {
  expect(print(call("add", call("mul", x, y), input(2)), ["theta", "y"])).toBe("theta * y + x2");
});

test("long shared parts are named once, so the text is linear in the formula", () => {
  const long = call("sin", call("add", call("mul", 0.123456789, x), call("mul", 0.98765432101, y)));
  expect(print(call("mul", long, call("sub", 1, long)))).toBe("t0 = sin(0.123456789 * x0 + 0.98765432101 * x1); t0 * (1 - t0)");
  expect(print(sharedTower(300)).length).toBeLessThan(30_000);
});
