import { ndarray, ShapeError, tril, triu } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { backend, expectEntries, expectEveryOrder, expectLinear, randomArray, reader, shapes } from "./linear-laws.js";

test("keep the entries on one side of a diagonal, and are linear", () => {
  fc.assert(
    fc.property(shapes(2, 4), fc.integer({ min: -4, max: 4 }), (shape, offset) => {
      const x = randomArray(shape, 2);
      const read = reader(x);
      const above = (i: readonly number[]) => (i.at(-1) as number) - (i.at(-2) as number);
      expectEntries(tril(x, offset), shape, (i) => (above(i) <= offset ? read(i) : 0));
      expectEntries(triu(x, offset), shape, (i) => (above(i) >= offset ? read(i) : 0));
      expectLinear((v) => tril(v, offset), x);
      expectLinear((v) => triu(v, offset), x);
    }),
    { numRuns: 60 },
  );
});

test("literal; what is cut off may be infinite", () => {
  const x = ndarray(backend, [
    [1, Number.POSITIVE_INFINITY],
    [3, 4],
  ]);
  expect(tril(x).toNested()).toEqual([
    [1, 0],
    [3, 4],
  ]);
  expect(triu(x, 1).toNested()).toEqual([
    [0, Number.POSITIVE_INFINITY],
    [0, 0],
  ]);
});

test("derivatives of every order", () => {
  expectEveryOrder((x) => tril(x, -1), randomArray([3, 3], 7));
  expectEveryOrder((x) => triu(x), randomArray([2, 2, 2], 8));
});

test("refuse arrays of too few axes, and offsets that are not whole", () => {
  expect(() => tril(ndarray(backend, [1]))).toThrow(new ShapeError("tril: x is [1]; it must be [...batch, m, n]"));
  expect(() => triu(randomArray([2, 2], 1), 0.5)).toThrow(new ShapeError("triu: offset is 0.5; it must be an integer"));
});
