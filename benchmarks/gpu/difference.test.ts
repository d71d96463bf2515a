import { expect, test } from "vitest";
import { LARGEST_DIFFERENCE, largestDifference } from "./difference.js";

test("‖x − r‖/‖r‖, the largest over the results", () => {
  expect(largestDifference([[3, 4]], [[3, 4]])).toBe(0);
  expect(
    largestDifference(
      [
        [3, 4],
        [6, 8.5],
      ],
      [
        [3, 4],
        [6, 8],
      ],
    ),
  ).toBeCloseTo(0.05, 12);
});

test("numbers that are not finite are no rounding, unless both are", () => {
  expect(largestDifference([[Number.NaN, 1]], [[1, 1]])).toBeNaN();
  expect(largestDifference([[1], [Number.NaN]], [[1], [2]])).toBeNaN();
  expect(largestDifference([[Number.POSITIVE_INFINITY]], [[1]]) <= LARGEST_DIFFERENCE).toBe(false);
  expect(largestDifference([[1]], [[Number.POSITIVE_INFINITY]]) <= LARGEST_DIFFERENCE).toBe(false);
  expect(largestDifference([[Number.NaN, 1]], [[Number.NaN, 1]])).toBe(0);
});

test("results of another count or length are an error", () => {
  expect(() => largestDifference([[1]], [[1], [2]])).toThrow("1 results in place of 2");
  expect(() => largestDifference([[1, 2]], [[1]])).toThrow("a result has 2 numbers in place of 1");
});
