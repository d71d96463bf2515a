import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { grad, ndarray, softplus, sum, tanh, type Value } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { pointwise } from "../../src/formula.js";
import { activation } from "../../src/index.js";

const backend = cpu("float64");

describe("pointwise", () => {
  const formulas = [
    "log(1 + exp(x))",
    "x / (1 + exp(-1.702 x))",
    "x > 0 ? x : exp(x) - 1",
    "x * tanh(log(1 + exp(x)))",
    "sin(3 x) * x^3 - 2/(1 + x^2)",
    "sqrt(1 + x^2) + erf(x)",
    "cbrt(2 + x^2)",
  ];

  property.prop(
    [
      fc.constantFrom(...formulas),
      fc.array(fc.double({ min: 0.1, max: 2, noNaN: true }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(1, -1),
    ],
    { numRuns: 40 },
  )("is differentiable to second order", (formula, values, sign) => {
    const f = pointwise("f", formula);
    const report = checkDerivatives(
      (x: Value) => f(x),
      ndarray(
        backend,
        values.map((v) => sign * v),
      ),
      { order: 2 },
    );
    expect(report.ok, `${formula}\n${String(report)}`).toBe(true);
  });

  test("softplus from its formula is the built-in one, also where the exponential overflows", () => {
    const x = ndarray(backend, [-1000, -1, 0, 1, 1000]);
    const f = pointwise("softplus", "log(1 + exp(x))");
    expect(f(x).toArray()).toEqual(softplus(x).toArray());
    const slope = (g: (x: Value) => Value) => grad((v: Value) => sum(g(v)))(x).toArray();
    expect(slope(f)).toEqual(slope(softplus));
    expect(pointwise("tanh", "(exp(x) - exp(-x)) / (exp(x) + exp(-x))")(x).toArray()).toEqual(tanh(x).toArray());
  });

  test("several variables broadcast, in natural or given order, numbers among them", () => {
    const f = pointwise("f", "x1 - 2 x2");
    expect(f(ndarray(backend, [[10], [20]]), ndarray(backend, [1, 2])).toNested()).toEqual([
      [8, 6],
      [18, 16],
    ]);
    expect(pointwise("f", "a - b", { variables: ["b", "a"] })(1, ndarray(backend, [5])).toNested()).toEqual([4]);
  });

  test("a variable that drops out is still an argument", () => {
    expect(pointwise("f", "x + 0 y")(ndarray(backend, [1]), ndarray(backend, [7])).toNested()).toEqual([1]);
  });

  test("knows its name, formula and domain", () => {
    const f = pointwise("logit", "log(x / (1 - x))", { domain: "0 < x < 1" });
    expect([f.name, f.formula, f.variables, f.domain]).toEqual(["logit", "log(x / (1 - x))", ["x"], "0 < x < 1"]);
    expect([f.inDomain(0.5), f.inDomain(0), f.inDomain(2)]).toEqual([true, false, false]);
    expect(pointwise("f", "x").inDomain(1e9)).toBe(true);
    expect(activation(f).name).toBe("logit");
  });

  test.each([
    [() => pointwise("f", "2 + pi"), 'f: "2 + pi" has no variable; write a function of x'],
    [() => pointwise("f", "x", { variables: ["x", "y"] }), 'f: the variable y is not in "x"; list only those that are'],
    [() => pointwise("f", "gamma(x)"), 'f: in "gamma(x)", function gamma is not supported'],
    [() => pointwise("f", "x", { domain: "y > 0" }), 'f: domain: in "y > 0", y is unknown; variables are x'],
  ] as const)("refuses what it cannot compute: %s", (make, message) => {
    expect(make).toThrow(SyntaxError);
    expect(make).toThrow(message);
  });
});
