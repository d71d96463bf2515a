import { expect, test } from "vitest";
import { convOutGrid, windowOutGrid } from "../src/out-grid.js";

test("a convolution keeps the starts from which the dilated kernel fits", () => {
  expect(convOutGrid({ grid: [7, 5, 2], kernel: [3, 2, 3], stride: [2, 1, 1], dilation: [1, 3, 1] })).toEqual([3, 2, 0]);
});

test("windows count the padding", () => {
  expect(windowOutGrid({ grid: [4, 1], window: [2, 3], stride: [2, 1], padLow: [1, 0], padHigh: [1, 0] })).toEqual([3, 0]);
});
