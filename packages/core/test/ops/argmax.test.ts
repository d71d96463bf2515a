import { cpu } from "@paramat/backends";
import { expect, test } from "vitest";
import { argmax, grad, mul, ndarray, ShapeError, sum, type Value } from "../../src/index.js";

const backend = cpu("float64");
const x = ndarray(backend, [
  [3, 9, 2],
  [8, 8, 1],
]);

test("positions along the last axis, and along a named one; the first at a tie", () => {
  expect(argmax(x).toNested()).toEqual([1, 0]);
  expect(argmax(x, { axis: 0 }).toNested()).toEqual([1, 0, 0]);
  expect(argmax(x, { axis: 0, keepAxes: true }).toNested()).toEqual([[1, 0, 0]]);
  expect(argmax(ndarray(backend, [1, NaN, 5, NaN])).item()).toBe(1);
});

test("has derivative 0", () => {
  expect(grad((x: Value) => sum(mul(argmax(x), argmax(x))))(x).toNested()).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
  expect(grad((x: Value) => sum(mul(x, argmax(x, { keepAxes: true }))))(x).toNested()).toEqual([
    [1, 1, 1],
    [0, 0, 0],
  ]);
});

test("refuses an axis without entries, or one that is not there", () => {
  expect(() => argmax(ndarray(backend, [], [2, 0]))).toThrow(
    new ShapeError("argmax: axis 1 of [2, 0] has no entries; every axis reduced over must have at least 1"),
  );
  expect(() => argmax(x, { axis: 2 })).toThrow("argmax: axis 2 is outside an array of 2 axes; it must be an integer in -2 … 1");
  expect(argmax(ndarray(backend, [], [0, 2])).shape).toEqual([0]);
});
