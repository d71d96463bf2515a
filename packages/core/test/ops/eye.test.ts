import { eye, ShapeError } from "@paramat/core";
import { expect, test } from "vitest";
import { backend } from "./linear-laws.js";

test("literal: square, wide, tall and empty", () => {
  expect(eye(backend, 2).toNested()).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(eye(backend, 2, 3).toNested()).toEqual([
    [1, 0, 0],
    [0, 1, 0],
  ]);
  expect(eye(backend, 2, 1).toNested()).toEqual([[1], [0]]);
  expect(eye(backend, 0).shape).toEqual([0, 0]);
});

test("refuses a negative size", () => {
  expect(() => eye(backend, -1)).toThrow(new ShapeError("eye: shape [-1, -1] has a size that is not an integer ≥ 0"));
});
