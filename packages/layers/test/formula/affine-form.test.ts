import { fc, test as property } from "@fast-check/vitest";
import { evaluate } from "@paramat/backends";
import { describe, expect, test } from "vitest";
import { affineForm } from "../../src/formula/affine-form.js";
import { parseFormula } from "../../src/formula/parse-formula.js";

const names = ["x", "y"];
const number = fc.integer({ min: -6, max: 6 }).map(String);
const { affine } = fc.letrec<{ affine: string }>((tie) => ({
  affine: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...names),
    number,
    fc.tuple(tie("affine"), fc.constantFrom("+", "-"), tie("affine")).map(([a, op, b]) => `(${a}) ${op} (${b})`),
    fc.tuple(number, tie("affine")).map(([c, a]) => `(${c}) * (${a})`),
    fc.tuple(tie("affine"), fc.constantFrom("2", "-4")).map(([a, c]) => `(${a}) / (${c})`),
    tie("affine").map((a) => `-(${a})`),
  ),
}));

describe("affineForm", () => {
  property.prop([affine, fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })], { numRuns: 300 })(
    "has the values of the formula",
    (text, x, y) => {
      const f = parseFormula("test", text).toExpr(names);
      const form = affineForm(f, names);
      if ("reason" in form) throw new Error(`${text}: ${form.reason}`);
      // All numbers are small dyadic rationals, so the sums are exact.
      expect(form.constant + (form.coefficients.get(0) ?? 0) * x + (form.coefficients.get(1) ?? 0) * y + 0).toBe(evaluate(f, [x, y]) + 0);
    },
  );

  test("what cancels is gone", () => {
    const form = affineForm(parseFormula("test", "x*(y - y + 2) - x - x").toExpr(names), names);
    expect(form).toEqual({ constant: 0, coefficients: new Map() });
  });

  test.each([
    ["x*y", "x * y multiplies two of them"],
    ["2/(x + 1)", "2 / (x + 1) divides by one of them"],
    ["3 + sin(2 x)", "sin(2 * x) takes sin of what depends on them"],
    ["(x + 1)^2 - x^2", "(x + 1)^2 takes a power of what depends on them"],
  ])("says why %s is not affine", (text, reason) => {
    expect(affineForm(parseFormula("test", text).toExpr(names), names)).toEqual({ reason });
  });
});
