import * as fc from "fast-check";
import { expect, test } from "vitest";
import { literal } from "../../src/gpu/literal.js";
import { mathTable } from "../../src/gpu/math-table.js";

/** The number that a literal stands for, as a compiler of float32 reads it. */
function read(text: string): number {
  const value = new Function("math", `return ${text};`)(mathTable) as number;
  return Math.fround(value);
}

test("a literal stands for the nearest float32, bit by bit", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: false }), (value) => {
      expect(read(literal(value))).toBe(Math.fround(value));
    }),
  );
});

test.each([
  [1e30, "1.0000000150474662e+30"],
  [-2, "(-2)"],
  [0.1, "0.10000000149011612"],
  [2 ** 24 + 1, "16777216"],
  [-0, "math[280]"],
  [1e39, "math[0]"],
  [-1e39, "(-math[0])"],
  [Number.NaN, "math[1]"],
])("%d is written as %s", (value, text) => {
  expect(literal(value)).toBe(text);
});
