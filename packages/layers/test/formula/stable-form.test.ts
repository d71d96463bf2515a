import { fc, test as property } from "@fast-check/vitest";
import { evaluate, print } from "@paramat/backends";
import { describe, expect, test } from "vitest";
import { parseFormula } from "../../src/formula/parse-formula.js";
import { stableForm } from "../../src/formula/stable-form.js";

const forms: [string, string][] = [
  ["log(1 + exp(x))", "softplus(x)"],
  ["log(exp(2 x) + 1)", "softplus(2 * x)"],
  ["log(1 + x^2)", "log1p(x^2)"],
  ["log1p(exp(x))", "softplus(x)"],
  ["exp(x) - 1", "expm1(x)"],
  ["1 / (1 + exp(-x))", "sigmoid(x)"],
  ["1 / (exp(x) + 1)", "sigmoid(-x)"],
  ["exp(x) / (1 + exp(x))", "sigmoid(x)"],
  ["(exp(x) - exp(-x)) / (exp(x) + exp(-x))", "tanh(x)"],
  ["x / (1 + exp(-x))", "x / (1 + exp(-x))"],
  ["exp(x) / (1 + exp(2 x))", "exp(x) / (1 + exp(2 * x))"],
];

describe("stableForm", () => {
  test.each(forms)("%s becomes %s", (text, stable) => {
    expect(print(stableForm(parseFormula("test", text).toExpr(["x"])), ["x"])).toBe(stable);
  });

  property.prop([fc.constantFrom(...forms.map(([text]) => text)), fc.double({ min: -5, max: 5, noNaN: true })])(
    "keeps the value",
    (text, x) => {
      const f = parseFormula("test", text).toExpr(["x"]);
      const expected = evaluate(f, [x]);
      expect(Math.abs(evaluate(stableForm(f), [x]) - expected)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(expected)));
    },
  );

  test("is finite where the textbook form overflows, exact where it cancels", () => {
    const at = (text: string, x: number) => evaluate(stableForm(parseFormula("test", text).toExpr(["x"])), [x]);
    expect(at("log(1 + exp(x))", 1000)).toBe(1000);
    expect(at("exp(x) / (1 + exp(x))", 1000)).toBe(1);
    expect(at("exp(x) - 1", 1e-20)).toBe(1e-20);
  });
});
