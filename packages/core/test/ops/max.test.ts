import { cpu } from "@paramat/backends";
import { expect, test } from "vitest";
import { grad, hvp, jvp, max, min, mul, ndarray, square, sum, type Value } from "../../src/index.js";

const backend = cpu("float64");
const total = (f: (x: Value) => Value) => (x: Value) => sum(f(x));

test("max and min of literal rows", () => {
  const x = ndarray(backend, [
    [3, -1, 2],
    [-5, 0, -7],
  ]);
  expect(max(x, { axes: 1 }).toNested()).toEqual([3, 0]);
  expect(min(x, { axes: 0 }).toNested()).toEqual([-5, -1, -7]);
  expect(max(x).item()).toBe(3);
});

test("the derivative goes to the largest entry, and is shared evenly at a tie", () => {
  const x = ndarray(backend, [
    [3, 3, 1],
    [2, 5, 5],
  ]);
  expect(grad(total((x) => max(x, { axes: 1 })))(x).toNested()).toEqual([
    [0.5, 0.5, 0],
    [0, 0.5, 0.5],
  ]);
  expect(grad((x: Value) => min(x))(ndarray(backend, [4, 2, 2, 2])).toNested()).toEqual([0, 1 / 3, 1 / 3, 1 / 3]);
  expect(jvp((x: Value) => max(x), ndarray(backend, [1, 4, 4]), ndarray(backend, [9, 2, 6])).tangent.item()).toBe(4);
});

test("an infinite maximum is an entry like any other", () => {
  const x = ndarray(backend, [1, Infinity, -Infinity]);
  expect(grad((x: Value) => max(x))(x).toNested()).toEqual([0, 1, 0]);
  expect(grad((x: Value) => min(x))(x).toNested()).toEqual([0, 0, 1]);
});

test("a NaN is neither hidden in the value nor in the derivative", () => {
  const x = ndarray(backend, [1, NaN]);
  expect(max(x).item()).toBeNaN();
  expect(grad((x: Value) => max(x))(x).toNested()).toEqual([NaN, NaN]);
});

test("second order: ∇²(max x)² v = 2 v at the maximum, 0 elsewhere", () => {
  const x = ndarray(backend, [1, 3, 2]);
  expect(hvp((x: Value) => square(max(x)), x, ndarray(backend, [5, 7, 9])).toNested()).toEqual([0, 14, 0]);
  // x·max x at [1, 3, 2]: ∂/∂x₀ of its sum is max x = 3, ∂²/∂x₀∂x₁ = 1
  expect(hvp((x: Value) => sum(mul(x, max(x))), x, ndarray(backend, [1, 0, 0])).toNested()).toEqual([0, 1, 0]);
});

test("of a scalar, and over no axes, it is the identity", () => {
  expect(max(ndarray(backend, 7)).item()).toBe(7);
  const x = ndarray(backend, [1, 2]);
  expect(max(x, { axes: [] }).toNested()).toEqual([1, 2]);
  expect(grad(total((x) => max(x, { axes: [] })))(x).toNested()).toEqual([1, 1]);
});
