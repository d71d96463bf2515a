import { describe, expect, test } from "vitest";
import { filledEntries } from "../../src/plugin/filled-entries.js";
import { matrixEntries } from "../../src/plugin/matrix-entries.js";

describe("filledEntries", () => {
  test("lists the holes of a dense pattern too, which no parameter reaches: [θ₁ 0; −θ₂ + 5 θ₁]", () => {
    const sparse = matrixEntries("test", 2, 2, 2, [
      [0, 0, [[0, 1]]],
      [1, 0, [[1, -1]], 5],
      [1, 1, [[0, 1]]],
    ]);
    const { pattern, coefficients, constant } = filledEntries(sparse);
    expect([...pattern.rows]).toEqual([0, 0, 1, 1]);
    expect([...pattern.cols]).toEqual([0, 1, 0, 1]);
    expect([...coefficients.pattern.rows]).toEqual([0, 2, 3]);
    expect([...coefficients.pattern.cols]).toEqual([0, 1, 0]);
    expect([...coefficients.values]).toEqual([1, -1, 1]);
    expect(coefficients.pattern.numRows).toBe(4);
    expect([...(constant ?? [])]).toEqual([0, 0, 5, 0]);
  });

  test("leaves sparse patterns, and full ones, as they are", () => {
    const sparse = matrixEntries("test", 4, 4, 1, [[0, 0, [[0, 1]]]]);
    expect(filledEntries(sparse)).toBe(sparse);
    const full = matrixEntries("test", 1, 1, 1, [[0, 0, [[0, 1]]]]);
    expect(filledEntries(full)).toBe(full);
  });
});
