import { fc, test as property } from "@fast-check/vitest";
import { evaluate } from "@paramat/backends";
import { evaluate as mathjs } from "mathjs/number";
import { describe, expect, test } from "vitest";
import { formulaConstants, formulaFunctions } from "../../src/formula/formula-functions.js";
import { naturalOrder, parseFormula } from "../../src/formula/parse-formula.js";

const value = (text: string, scope: Record<string, number> = {}) =>
  evaluate(parseFormula("test", text).toExpr(Object.keys(scope)), Object.values(scope));

describe("parseFormula", () => {
  // Multiples of 1/16, since mathjs rounds and compares with a tolerance.
  const small = fc.integer({ min: -48, max: 48 }).map((k) => k / 16);
  const oneArgument = [
    "abs",
    "sign",
    "floor",
    "ceil",
    "round",
    "exp",
    "expm1",
    "sin",
    "cos",
    "tan",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "cbrt",
    "square",
    "cube",
    "erf",
    "unaryMinus",
    "unaryPlus",
    "not",
  ];
  const onPositive = ["sqrt", "log", "log1p", "log2", "log10"];
  const onUnit = ["asin", "acos"];
  const twoArguments = [
    "add",
    "subtract",
    "multiply",
    "divide",
    "max",
    "min",
    "atan2",
    "smaller",
    "smallerEq",
    "larger",
    "largerEq",
    "equal",
    "unequal",
    "mod",
    "and",
    "or",
  ];

  property.prop([fc.constantFrom(...oneArgument), small])("functions of one argument are mathjs's", (name, x) => {
    expect(value(`${name}(x)`, { x }) + 0).toBeCloseTo(Number(mathjs(`${name}(x)`, { x })) + 0, 9);
  });

  property.prop([fc.constantFrom(...onPositive), fc.double({ min: 1e-3, max: 100, noNaN: true })])(
    "functions of a positive argument are mathjs's",
    (name, x) => {
      expect(value(`${name}(x)`, { x })).toBeCloseTo(mathjs(`${name}(x)`, { x }) as number, 9);
    },
  );

  property.prop([fc.constantFrom(...onUnit), fc.double({ min: -1, max: 1, noNaN: true })])("inverse functions are mathjs's", (name, x) => {
    expect(value(`${name}(x)`, { x })).toBeCloseTo(mathjs(`${name}(x)`, { x }) as number, 9);
  });

  // Integers, so that comparisons, which mathjs takes with a tolerance, mean the same.
  property.prop([fc.constantFrom(...twoArguments), fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 5 })])(
    "functions of two arguments are mathjs's",
    (name, x, y) => {
      expect(value(`${name}(x, y)`, { x, y }) + 0).toBeCloseTo(Number(mathjs(`${name}(x, y)`, { x, y })) + 0, 9);
    },
  );

  test("the properties above name every function that mathjs has too", () => {
    const ours = ["sigmoid", "softplus", "relu", "dotMultiply", "dotDivide", "dotPow", "pow"];
    expect([...oneArgument, ...onPositive, ...onUnit, ...twoArguments, ...ours].sort()).toEqual([...formulaFunctions.keys()].sort());
  });

  property.prop([small, fc.integer({ min: 1, max: 48 }).map((k) => k / 16)])(
    "precedence, implicit products, powers and conditions are mathjs's",
    (x, y) => {
      for (const text of [
        "2 x^2 - -x / y * 3",
        "-x^2",
        "y^-1.5",
        "y^2^0.5",
        "x > y ? x : y < 1 ? 2 x : 7",
        "0 < x <= y",
        "x > 0 and not (y > 1) or x < -1",
        "log(y, 2) + max(x, y, 1)",
        "(x + 1)(y - 1)",
        "pi e - tau",
      ]) {
        expect(value(text, { x, y })).toBeCloseTo(Number(mathjs(text, { x, y })), 9);
      }
    },
  );

  test("constants are mathjs's, and give way to variables of that name", () => {
    for (const name of formulaConstants.keys()) expect(value(name)).toBe(mathjs(name));
    expect(value("e + 1", { e: 10 })).toBe(11);
  });

  test("functions that mathjs lacks", () => {
    expect([value("relu(-1)"), value("relu(2)"), value("sigmoid(0)"), value("softplus(0)")]).toEqual([0, 2, 0.5, Math.LN2]);
  });

  test("outside its domain a function is NaN, not complex", () => {
    expect(value("sqrt(x)", { x: -1 })).toBeNaN();
  });

  test("names are sorted as people count", () => {
    expect(["t10", "t9", "a", "t", "t9b", "t09"].sort(naturalOrder)).toEqual(["a", "t", "t9", "t09", "t9b", "t10"]);
    expect(parseFormula("test", "t10 + exp(t2) * pi").variables).toEqual(["t2", "t10"]);
  });

  test.each([
    ["x + foo(x)", 'test: in "x + foo(x)", function foo is not supported; functions are abs,'],
    ["x!", 'test: in "x!", operator ! is not supported'],
    ["exp(x, x)", 'test: in "exp(x, x)", function exp has 2 arguments; it takes 1'],
    ["log(x, x, x)", "function log has 3 arguments; it takes 1 to 2"],
    ["max()", "function max has 0 arguments; it takes 1 or more"],
    ["[x, 1]", 'ArrayNode "[x, 1]" has no scalar meaning; write one formula of numbers'],
    ['"text"', "text is not a number"],
    ["y", 'test: in "y", y is unknown; variables are x, constants are pi'],
    ["sin(", 'test: "sin(" is not a formula: '],
  ])("refuses %s", (text, message) => {
    const convert = () => parseFormula("test", text).toExpr(["x"]);
    expect(convert).toThrow(SyntaxError);
    expect(convert).toThrow(message);
  });
});
