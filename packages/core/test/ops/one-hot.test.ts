import { oneHot, ShapeError } from "@paramat/core";
import { expect, test } from "vitest";
import { backend } from "./linear-laws.js";

test("literal: one row for each label", () => {
  expect(oneHot([2, 0], 3, backend).toNested()).toEqual([
    [0, 0, 1],
    [1, 0, 0],
  ]);
  expect(oneHot(new Uint8Array([]), 3, backend).shape).toEqual([0, 3]);
});

test("refuses labels that are no class", () => {
  expect(() => oneHot([0, 3], 3, backend)).toThrow(
    new ShapeError("oneHot: label 3 at position 1; with 3 classes labels are integers in 0 … 2"),
  );
  expect(() => oneHot([-1], 3, backend)).toThrow("oneHot: label -1 at position 0");
  expect(() => oneHot([0.5], 3, backend)).toThrow("oneHot: label 0.5 at position 0");
  expect(() => oneHot([], -1, backend)).toThrow(new ShapeError("oneHot: classes is -1; it must be an integer ≥ 0"));
});
