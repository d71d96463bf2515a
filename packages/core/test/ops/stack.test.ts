import { ndarray, ShapeError, stack, type Value } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { backend, expectEntries, expectEveryOrder, randomArray, reader, shapes } from "./linear-laws.js";

test("z[…, k, …] = values[k][…], linear in all", () => {
  fc.assert(
    fc.property(shapes(0, 3), fc.integer({ min: 1, max: 3 }), fc.gen(), (shape, count, gen) => {
      const axis = gen(() => fc.integer({ min: 0, max: shape.length }));
      const values = Array.from({ length: count }, (_, k) => randomArray(shape, k));
      const readers = values.map(reader);
      expectEntries(stack(values, { axis }), shape.toSpliced(axis, 0, count), (i) =>
        (readers[i[axis] as number] as (i: readonly number[]) => number)(i.toSpliced(axis, 1)),
      );
      expect((all: readonly Value[]) => stack(all, { axis })).toHaveExactAdjoint(values);
    }),
    { numRuns: 60 },
  );
});

test("literal: scalars become a vector, vectors columns", () => {
  expect(stack([1, 2, 3].map((v) => ndarray(backend, v))).toNested()).toEqual([1, 2, 3]);
  expect(stack([ndarray(backend, [1, 2]), ndarray(backend, [3, 4])], { axis: -1 }).toNested()).toEqual([
    [1, 3],
    [2, 4],
  ]);
});

test("derivatives of every order", () => {
  expectEveryOrder((x) => stack([x, x], { axis: 1 }), randomArray([2, 2], 7));
});

test("refuses nothing at all, and shapes that differ", () => {
  expect(() => stack([])).toThrow(new ShapeError("stack: no arrays were given; at least one is needed"));
  expect(() => stack([randomArray([2], 1), randomArray([3], 1)])).toThrow(
    new ShapeError("stack: array 0 is [2], array 1 is [3]; all must have one shape"),
  );
  expect(() => stack([randomArray([2], 1)], { axis: 2 })).toThrow("stack: axis 2 is outside an array of 2 axes");
});
