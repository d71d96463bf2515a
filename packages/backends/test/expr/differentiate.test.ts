import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { differentiate } from "../../src/expr/differentiate.js";
import { evaluate } from "../../src/expr/evaluate.js";
import { fold } from "../../src/expr/fold.js";
import { print } from "../../src/expr/print.js";
import { call, constant, type Expr, input, type ScalarOp } from "../../src/expr.js";
import { allOps, randomExpr, sharedTower } from "./random-expr.js";

const x = input(0);
const y = input(1);

/** Five-point central difference: error h⁴·f⁽⁵⁾/30. */
function slope(f: Expr, index: number, at: readonly number[], h: number): number {
  const value = (step: number) => evaluate(f, at.with(index, (at[index] as number) + step * h));
  return (8 * (value(1) - value(-1)) - (value(2) - value(-2))) / (12 * h);
}

describe("each operation against a central difference, inside its domain and away from kinks", () => {
  const unary: readonly (readonly [ScalarOp, number, number])[] = [
    ...(["neg", "exp", "expm1", "sin", "cos", "atan", "sinh", "cosh", "tanh", "sigmoid", "softplus", "erf"] as const).map(
      (op) => [op, -2, 2] as const,
    ),
    ...(["abs", "log", "sqrt", "sign", "log1p"] as const).map((op) => [op, 0.2, 3] as const),
    ...(["tan", "asin", "acos"] as const).map((op) => [op, -0.8, 0.8] as const),
    ...(["floor", "ceil"] as const).map((op) => [op, 1.1, 1.9] as const),
    ["round", 0.6, 1.4],
  ];
  for (const [op, low, high] of unary) {
    test.prop([fc.double({ min: low, max: high, noNaN: true })])(op, (at) => {
      const f = call(op, x);
      expect(evaluate(differentiate(f, 0), [at])).toBeCloseTo(slope(f, 0, [at], 1e-3), 7);
    });
  }
  const binary = (["add", "sub", "mul", "div", "pow", "atan2", "min", "max", "lt", "ge"] as const).map((op) => op);
  const apart = fc.tuple(fc.double({ min: 0.3, max: 1, noNaN: true }), fc.double({ min: 1.1, max: 2, noNaN: true }), fc.boolean());
  for (const op of binary) {
    test.prop([apart, fc.constantFrom(0, 1)])(op, ([a, b, swap], index) => {
      const at = swap ? [b, a] : [a, b];
      expect(evaluate(differentiate(call(op, x, y), index), at)).toBeCloseTo(slope(call(op, x, y), index, at, 1e-3), 6);
    });
  }
});

// On a grid, so that no square underflows: the slope of √(x·x) at 1e-162 is a matter of rounding.
const coordinate = fc.integer({ min: -2000, max: 2000 }).map((k) => k / 1000);

test.prop([randomExpr(2, allOps, 8), coordinate, coordinate, fc.nat(1)], {
  numRuns: 1000,
})("random formulas against central differences, where two step sizes agree", (f, a, b, index) => {
  const at = [a, b];
  const [coarse, fine] = [slope(f, index, at, 1e-3), slope(f, index, at, 4e-4)];
  const scale = 1 + Math.abs(fine) + Math.abs(evaluate(f, at));
  const doubt = Math.abs(coarse - fine);
  fc.pre(doubt < 1e-6 * scale && isSmooth(f, index, at, 1e-3));
  expect(Math.abs(evaluate(differentiate(f, index), at) - fine)).toBeLessThan(10 * doubt + 1e-6 * scale);
});

describe("documented values at kinks and edges", () => {
  const cases: readonly (readonly [string, Expr, readonly number[], number])[] = [
    ["|x| at 0", call("abs", x), [0], 0],
    ["max at a tie", call("max", x, call("mul", 3, x)), [0], 2],
    ["min at a tie", call("min", x, 0), [0], 0.5],
    ["select takes the branch taken", call("select", call("gt", x, 0), x, call("sqrt", x)), [1], 1],
    ["an infinite derivative not taken does no harm", call("select", call("gt", x, 0), call("sqrt", x), 0), [0], 0],
    ["max with a branch whose derivative is infinite", call("max", call("sqrt", x), call("add", x, 1)), [0], 1],
    ["x² at 0", call("pow", x, 2), [0], 0],
    ["x² at −3", call("pow", x, 2), [-3], -6],
    ["x³ at −2", call("pow", x, 3), [-2], 12],
    ["x⁰ at 0", call("pow", x, 0), [0], 0],
    ["x^½ at 0", call("pow", x, 0.5), [0], Infinity],
    ["√x at 0", call("sqrt", x), [0], Infinity],
    ["xʸ at 0⁰ in x", call("pow", x, y), [0, 0], 0],
    ["xʸ at x = −2, y = 3", call("pow", x, y), [-2, 3], 12],
    ["floor at an integer", call("floor", x), [1], 0],
    ["sigmoid far out", call("sigmoid", x), [1000], 0],
    ["softplus far out", call("softplus", x), [1000], 1],
    ["eˣ − 1 far left keeps its digits", call("expm1", x), [-50], Math.exp(-50)],
  ];
  test.each(cases)("%s", (_, f, at, value) => {
    expect(evaluate(differentiate(f, 0), at)).toBe(value);
  });

  test("in the exponent: 2ˣ log 2, and 0 at base 0", () => {
    expect(evaluate(differentiate(call("pow", x, y), 1), [2, 3])).toBe(8 * Math.LN2);
    expect(evaluate(differentiate(call("pow", x, y), 1), [0, 3])).toBe(0);
  });
});

test("the formulas are what one would write", () => {
  const derivative = (f: Expr, index = 0) => print(differentiate(f, index));
  expect(derivative(call("mul", x, x))).toBe("2 * x0");
  expect(derivative(call("pow", x, 3))).toBe("3 * x0^2");
  expect(derivative(call("select", call("gt", x, 0), x, 0))).toBe("select(x0 > 0, 1, 0)");
  expect(derivative(call("mul", x, y), 1)).toBe("x0");
  expect(derivative(call("div", x, y))).toBe("1 / x1");
  expect(derivative(call("cos", call("mul", 2, x)))).toBe("-(sin(2 * x0) * 2)");
  expect(differentiate(call("exp", y), 0)).toEqual(constant(0));
  expect(differentiate(constant(5), 0)).toEqual(constant(0));
});

test("reuses the node itself: exp′ is the same exp, sigmoid′ is s·(1 − s)", () => {
  const exp = call("exp", x);
  expect(differentiate(exp, 0)).toBe(exp);
  const sigmoid = call("sigmoid", x);
  const [left, right] = argsOf(differentiate(sigmoid, 0));
  expect(left).toBe(sigmoid);
  expect(argsOf(right as Expr)[1]).toBe(sigmoid);
});

test("a deeply shared formula keeps a derivative of linear size, to second order", () => {
  let count = 0;
  fold(differentiate(differentiate(call("exp", sharedTower(100)), 0), 0), () => count++);
  expect(count).toBeLessThan(3000);
});

function argsOf(f: Expr): readonly Expr[] {
  return f.kind === "call" ? f.args : [];
}

/** Where operation `op` of a and b stands between its kinks, jumps and poles, NaN on a pole; a difference quotient is to be trusted only where this does not change. */
function piece(op: ScalarOp, a: number, b: number): number {
  switch (op) {
    case "abs":
    case "sign":
    case "select":
      return Math.sign(a);
    // At these edges the derivative is infinite or undefined.
    case "sqrt":
    case "log":
    case "pow":
      return Math.sign(a) || Number.NaN;
    case "log1p":
      return Math.sign(1 + a) || Number.NaN;
    case "asin":
    case "acos":
      return Math.sign(1 - Math.abs(a)) || Number.NaN;
    case "div":
      return Math.sign(b) || Number.NaN;
    case "atan2":
      return 3 * Math.sign(a) + Math.sign(b) || Number.NaN;
    case "tan":
      return Math.floor(a / Math.PI + 0.5);
    case "floor":
    case "ceil":
    case "round":
      return Math.floor(2 * a) + Math.ceil(2 * a);
    default:
      return a === undefined || b === undefined ? 0 : Math.sign(a - b);
  }
}

/** The pieces of all nodes of f at a point; NaN stands for a node that is undefined or huge there, or a power whose exponent has no derivative. */
function pieces(f: Expr, at: readonly number[]): readonly number[] {
  const list: number[] = [];
  fold<number>(f, (node, args) => {
    const value = evaluate(node, at);
    const [a, b] = args as [number, number];
    if (node.kind === "call") {
      const undefinedSlope = node.op === "pow" && a <= 0 && argsOf(node)[1]?.kind !== "const";
      list.push(Math.abs(value) < 1e4 && !undefinedSlope ? piece(node.op, a, b) : Number.NaN);
    }
    return value;
  });
  return list;
}

/** Whether two steps of h to either side stay on the pieces of f on which `at` lies. */
function isSmooth(f: Expr, index: number, at: readonly number[], h: number): boolean {
  const middle = pieces(f, at);
  return [-2, -1, 1, 2].every((step) => {
    const beside = pieces(f, at.with(index, (at[index] as number) + step * h));
    return middle.every((value, i) => value === beside[i]);
  });
}
