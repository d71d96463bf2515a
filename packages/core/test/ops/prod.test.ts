import { cpu } from "@paramat/backends";
import fc from "fast-check";
import { expect, test } from "vitest";
import { grad, hessian, ndarray, prod, type Value } from "../../src/index.js";

const backend = cpu("float64");
const product = (x: Value) => prod(x);

test("with zeros among the entries the gradient is the product of the others", () => {
  expect(grad(product)(ndarray(backend, [0, 3, 4])).toNested()).toEqual([12, 0, 0]);
  expect(grad(product)(ndarray(backend, [0, 0, 5])).toNested()).toEqual([0, 0, 0]);
});

test("with zeros among the entries the Hessian is the product of the others too", () => {
  expect(hessian(product)(ndarray(backend, [0, 3, 4])).toNested()).toEqual([
    [0, 4, 3],
    [4, 0, 0],
    [3, 0, 0],
  ]);
  expect(hessian(product)(ndarray(backend, [0, 0, 5])).toNested()).toEqual([
    [0, 5, 0],
    [5, 0, 0],
    [0, 0, 0],
  ]);
});

test("the gradient leaves out one factor, for any number of factors", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 9 }), (entries) => {
      const without = entries.map((_, i) => entries.filter((_, j) => j !== i).reduce((a, b) => a * b, 1));
      const found = grad(product)(ndarray(backend, entries)).toArray();
      expect([...found].map((g) => g + 0)).toEqual(without.map((g) => g + 0));
    }),
  );
});

test("the empty product is 1, and depends on nothing", () => {
  const x = ndarray(backend, [], [0, 2]);
  expect(prod(x, { axes: 0 }).toNested()).toEqual([1, 1]);
  expect(grad(product)(x).shape).toEqual([0, 2]);
});
