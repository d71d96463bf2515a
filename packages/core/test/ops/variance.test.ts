import { cpu } from "@paramat/backends";
import { expect, test } from "vitest";
import { grad, hessian, ndarray, ShapeError, std, type Value, variance } from "../../src/index.js";

const backend = cpu("float64");
// Mean 5, squared deviations 9, 1, 1, 1, 0, 0, 4, 16: sum 32.
const x = ndarray(backend, [2, 4, 4, 4, 5, 5, 7, 9]);

test("of eight literal numbers", () => {
  expect(variance(x).item()).toBe(4);
  expect(std(x).item()).toBeCloseTo(2, 14);
  expect(variance(x, { correction: 1 }).item()).toBe(32 / 7);
  expect(std(x, { correction: 1 }).item()).toBeCloseTo(Math.sqrt(32 / 7), 14);
});

test("∂variance/∂xᵢ = 2(xᵢ − x̄)/n, ∂std/∂xᵢ = (xᵢ − x̄)/(n std)", () => {
  expect(grad((x: Value) => variance(x))(x).toNested()).toEqual([-3, -1, -1, -1, 0, 0, 2, 4].map((d) => d / 4));
  const slopes = grad((x: Value) => std(x))(x).toArray();
  [-3, -1, -1, -1, 0, 0, 2, 4].forEach((d, i) => expect(slopes[i]).toBeCloseTo(d / 16, 14));
});

test("a large mean costs no digits", () => {
  const shifted = ndarray(
    backend,
    [2, 4, 4, 4, 5, 5, 7, 9].map((entry) => entry + 2 ** 40),
  );
  expect(variance(shifted).item()).toBe(4);
});

test("std of equal entries has derivatives 0, not NaN", () => {
  const equal = ndarray(backend, [3, 3, 3]);
  expect(grad((x: Value) => std(x))(equal).toNested()).toEqual([0, 0, 0]);
  expect(
    hessian((x: Value) => std(x))(equal)
      .toArray()
      .every((entry) => entry === 0),
  ).toBe(true);
});

test("refuses too few entries", () => {
  const message = "1 entry of [1, 2] for each result, with correction 1; at least 2 are needed";
  const row = ndarray(backend, [[1, 2]]);
  expect(() => variance(row, { axes: 0, correction: 1 })).toThrow(new ShapeError(`variance: ${message}`));
  expect(() => std(row, { axes: 0, correction: 1 })).toThrow(new ShapeError(`std: ${message}`));
  expect(variance(row, { axes: 0 }).toNested()).toEqual([0, 0]);
});
