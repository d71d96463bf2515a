import { cpu } from "@paramat/backends";
import { checkDerivatives } from "@paramat/core/check";
import { expect, test } from "vitest";
import { dot, grad, ndarray, ShapeError, type Value } from "../../src/index.js";

const backend = cpu("float64");
const a = ndarray(backend, [
  [1, 2],
  [3, 4],
]);
const b = ndarray(backend, [
  [5, 6],
  [7, 8],
]);

test("of literal arrays, whole and by rows", () => {
  expect(dot(a, b).item()).toBe(70);
  expect(dot(a, b, { axes: 1 }).toNested()).toEqual([17, 53]);
  expect(dot(a, b, { axes: -1, keepAxes: true }).toNested()).toEqual([[17], [53]]);
  expect(dot(ndarray(backend, []), ndarray(backend, [])).item()).toBe(0);
});

test("∂⟨a, b⟩/∂a = b", () => {
  expect(grad((a: Value) => dot(a, b))(a).toNested()).toEqual(b.toNested());
  expect(grad((a: Value) => dot(a, a))(a).toNested()).toEqual([
    [2, 4],
    [6, 8],
  ]);
  const report = checkDerivatives(([a, b]: readonly [Value, Value]) => dot(a, b, { axes: 0 }), [a, b] as const);
  expect(report.ok, String(report)).toBe(true);
});

test("refuses shapes that differ, even if they broadcast", () => {
  expect(() => dot(a, ndarray(backend, [1, 2]))).toThrow(new ShapeError("dot: a is [2, 2], b is [2]; the shapes must agree"));
});
