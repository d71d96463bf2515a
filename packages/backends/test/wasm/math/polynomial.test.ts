import { describe, expect, test } from "vitest";
import { horner } from "../../../src/wasm/math/polynomial.js";
import { exactly, roundings, ulpsApart } from "./vector-function.js";

describe.each(roundings)("horner, $rounding", ({ runVector }) => {
  test.each(["float32", "float64"] as const)("1 − 2x + 3x² − 4x³ in %s, and a constant", (precision) => {
    const x = [0, 1, -2, 0.5, 3];
    expect(runVector(precision, ({ numbers }, v) => horner(numbers, v, [1, -2, 3, -4]), x)).toEqual([1, -2, 49, 0.25, -86]);
    expect(runVector(precision, ({ numbers }, v) => horner(numbers, v, [7]), x)).toEqual([7, 7, 7, 7, 7]);
  });
});

test("relaxed madd is at work where it is asked for, with one rounding or with two", () => {
  const x = 1 + 2 ** -30;
  const results = roundings.map(({ runVector }) => runVector("float64", ({ numbers }, v) => horner(numbers, v, [-1, 0, 1]), [x])[0]);
  expect(results[0]).toBe(x * x - 1);
  expect([x * x - 1, 2 ** -29 + 2 ** -60]).toContain(results[1]);
});

test("ulps are counted from exact values", () => {
  expect(exactly(0.1).toString()).toBe("0.1000000000000000055511151231257827021181583404541");
  expect(exactly(-5e-324).times(2).toNumber()).toBe(-1e-323);
  expect(ulpsApart("float64", 1, exactly(1 + 2 ** -51))).toBe(2);
  expect(ulpsApart("float32", 1 + 2 ** -21, 1)).toBe(4);
  expect(ulpsApart("float64", 0, exactly(1e-323))).toBe(2);
  expect(ulpsApart("float32", Infinity, 3.4028235677973366e38)).toBe(0);
  expect(ulpsApart("float32", Infinity, 3.4e38)).toBe(Infinity);
  expect(ulpsApart("float64", Number.NaN, 1)).toBe(Infinity);
});
