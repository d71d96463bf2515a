import { flip, ndarray } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { backend, expectEntries, expectEveryOrder, expectLinear, randomArray, reader, shapes } from "./linear-laws.js";

test("reads the axes backwards, and is linear", () => {
  fc.assert(
    fc.property(shapes(0, 3), fc.gen(), (shape, gen) => {
      const axes = gen(() => fc.subarray(shape.map((_, axis) => axis)));
      const x = randomArray(shape, 5);
      const read = reader(x);
      expectEntries(flip(x, axes), shape, (i) => read(i.map((k, a) => (axes.includes(a) ? (shape[a] as number) - 1 - k : k))));
      expectLinear((v) => flip(v, axes), x);
    }),
  );
});

test("literal: a kernel turned by 180°", () => {
  const kernel = ndarray(backend, [
    [1, 2],
    [3, 4],
  ]);
  expect(flip(kernel).toNested()).toEqual([
    [4, 3],
    [2, 1],
  ]);
  expect(flip(kernel, -1).toNested()).toEqual([
    [2, 1],
    [4, 3],
  ]);
});

test("derivatives of every order", () => {
  expectEveryOrder((x) => flip(x, 0), randomArray([3, 2], 6));
});

test("refuses an axis that is not there, or named twice", () => {
  expect(() => flip(randomArray([2, 2], 1), 2)).toThrow("flip: axis 2 is outside an array of 2 axes; it must be an integer in -2 … 1");
  expect(() => flip(randomArray([2, 2], 1), [1, -1])).toThrow("flip: axis 1 is named twice in [1, -1]; name each axis once");
});
