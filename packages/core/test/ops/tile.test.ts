import { ndarray, repeat, ShapeError, tile } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { backend, expectEntries, expectEveryOrder, expectLinear, randomArray, reader, shapes } from "./linear-laws.js";

test("tile: z[i] = x[i mod n]; repeat: z[i] = x[⌊i/count⌋]; both are linear", () => {
  fc.assert(
    fc.property(shapes(1, 3, 3), fc.gen(), (shape, gen) => {
      const counts = shape.map(() => gen(() => fc.nat(3)));
      const x = randomArray(shape, 2);
      const read = reader(x);
      const tiled = shape.map((n, a) => n * (counts[a] as number));
      expectEntries(tile(x, counts), tiled, (i) => read(i.map((k, a) => k % (shape[a] as number))));
      expectLinear((v) => tile(v, counts), x);
      const axis = shape.length - 1;
      const count = counts[axis] as number;
      expectEntries(repeat(x, count, -1), shape.with(axis, (shape[axis] as number) * count), (i) =>
        read(i.with(axis, Math.floor((i[axis] as number) / count))),
      );
      expectLinear((v) => repeat(v, count, -1), x);
    }),
    { numRuns: 60 },
  );
});

test("literal", () => {
  const x = ndarray(backend, [1, 2]);
  expect(tile(x, [3]).toNested()).toEqual([1, 2, 1, 2, 1, 2]);
  expect(repeat(x, 3, 0).toNested()).toEqual([1, 1, 1, 2, 2, 2]);
});

test("derivatives of every order", () => {
  expectEveryOrder((x) => tile(x, [1, 2]), randomArray([2, 3], 7));
  expectEveryOrder((x) => repeat(x, 2, 0), randomArray([2, 3], 8));
});

test("refuse counts that are negative, or too few", () => {
  expect(() => tile(randomArray([2, 3], 1), [2])).toThrow(
    new ShapeError("tile: counts [2] for shape [2, 3]; there must be one integer ≥ 0 for each axis"),
  );
  expect(() => repeat(randomArray([2], 1), -1, 0)).toThrow(new ShapeError("repeat: count is -1; it must be an integer ≥ 0"));
});
