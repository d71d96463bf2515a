import { concat, ndarray, ShapeError, split, type Value } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { backend, expectEntries, expectEveryOrder, randomArray, reader, shapes } from "./linear-laws.js";

test("joins arrays of any lengths, split takes them apart again, and it is linear in all", () => {
  fc.assert(
    fc.property(shapes(1, 3), fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }), fc.gen(), (shape, lengths, gen) => {
      const axis = gen(() => fc.integer({ min: 0, max: shape.length - 1 }));
      const parts = lengths.map((length, k) => randomArray(shape.with(axis, length), k));
      const readers = parts.map(reader);
      const total = lengths.reduce((a, b) => a + b, 0);
      const joined = concat(parts, { axis });
      expectEntries(joined, shape.with(axis, total), (i) => {
        let k = 0;
        let within = i[axis] as number;
        while (within >= (lengths[k] as number)) within -= lengths[k++] as number;
        return (readers[k] as (i: readonly number[]) => number)(i.with(axis, within));
      });
      expect(split(joined, lengths, axis).map((part) => part.toNested())).toEqual(parts.map((part) => part.toNested()));
      expect((values: readonly Value[]) => concat(values, { axis })).toHaveExactAdjoint(parts);
    }),
    { numRuns: 60 },
  );
});

test("literal: columns beside columns", () => {
  const [a, b] = [
    ndarray(backend, [[1], [2]]),
    ndarray(backend, [
      [3, 4],
      [5, 6],
    ]),
  ];
  expect(concat([a, b], { axis: -1 }).toNested()).toEqual([
    [1, 3, 4],
    [2, 5, 6],
  ]);
});

test("derivatives of every order, also of an array joined with itself", () => {
  expectEveryOrder((x) => concat([x, randomArray([1, 2], 3), x]), randomArray([2, 2], 7));
});

test("refuses nothing at all, and shapes that do not fit", () => {
  expect(() => concat([])).toThrow(new ShapeError("concat: no arrays were given; at least one is needed"));
  expect(() => concat([randomArray([2, 3], 1), randomArray([2, 4], 2)])).toThrow(
    new ShapeError("concat: array 0 is [2, 3], array 1 is [2, 4]; along axis 0 they join only if all other axes agree"),
  );
  expect(() => concat([randomArray([], 1)])).toThrow("concat: axis 0 is outside a scalar, which has no axes");
});
