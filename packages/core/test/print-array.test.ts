import { describe, expect, test } from "vitest";
import { printArray, printNumber } from "../src/print-array.js";

describe("printArray", () => {
  test("a scalar, a vector and an empty array", () => {
    expect(printArray([2.5], [])).toBe("2.5");
    expect(printArray([1, -2, 3], [3])).toBe("[1, -2, 3]");
    expect(printArray([], [0])).toBe("[]");
    expect(printArray([], [2, 0])).toBe("[[],\n []]");
  });

  test("columns of a matrix are aligned", () => {
    expect(printArray([1, 20, -300, 4], [2, 2])).toBe("[[   1,   20],\n [-300,    4]]");
  });

  test("matrices of a stack stand apart", () => {
    expect(printArray([1, 2, 3, 4], [2, 1, 2])).toBe("[[[1, 2]],\n\n [[3, 4]]]");
  });

  test("the middle of long axes is left out above 200 entries", () => {
    const long = Array.from({ length: 201 }, (_, i) => i);
    expect(printArray(long, [201])).toBe("[0, 1, 2, …, 198, 199, 200]");
    expect(printArray(long.slice(0, 200), [200])).not.toContain("…");
    expect(printArray(new Float64Array(400), [20, 20]).split("\n")).toHaveLength(7);
  });
});

test("printNumber keeps 6 significant digits, integers whole, and hides neither NaN nor infinity", () => {
  expect(printNumber(1 / 3)).toBe("0.333333");
  expect(printNumber(123456)).toBe("123456");
  expect(printNumber(-0)).toBe("0");
  expect(printNumber(1.23456789e-12)).toBe("1.23457e-12");
  expect(printNumber(Number.NaN)).toBe("NaN");
  expect(printNumber(Number.NEGATIVE_INFINITY)).toBe("-Infinity");
});
