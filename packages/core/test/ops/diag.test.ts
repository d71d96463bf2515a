import { diag, diagonal, ndarray, ShapeError } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { backend, expectEntries, expectEveryOrder, expectLinear, randomArray, reader, shapes } from "./linear-laws.js";

test("diag: z[…, i, i] = x[…, i]; diagonal reads it back; both are linear", () => {
  fc.assert(
    fc.property(shapes(1, 3), fc.nat(4), (shape, columns) => {
      const x = randomArray(shape, 2);
      const read = reader(x);
      expectEntries(diag(x), [...shape, shape.at(-1) as number], (i) => (i.at(-1) === i.at(-2) ? read(i.slice(0, -1)) : 0));
      expect(diagonal(diag(x)).toNested()).toEqual(x.toNested());
      expectLinear(diag, x);
      const matrices = randomArray([...shape, columns], 3);
      const entry = reader(matrices);
      expectEntries(diagonal(matrices), [...shape.slice(0, -1), Math.min(shape.at(-1) as number, columns)], (i) =>
        entry([...i, i.at(-1) as number]),
      );
      expectLinear(diagonal, matrices);
    }),
    { numRuns: 60 },
  );
});

test("literal", () => {
  expect(diag(ndarray(backend, [1, 2])).toNested()).toEqual([
    [1, 0],
    [0, 2],
  ]);
  expect(
    diagonal(
      ndarray(backend, [
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ).toNested(),
  ).toEqual([1, 5]);
});

test("derivatives of every order", () => {
  expectEveryOrder(diag, randomArray([2, 2], 7));
  expectEveryOrder(diagonal, randomArray([2, 2, 3], 8));
});

test("refuse arrays of too few axes", () => {
  expect(() => diag(ndarray(backend, 1))).toThrow(
    new ShapeError("diag: x is a scalar; it must be [...batch, n], the entries of the diagonal"),
  );
  expect(() => diagonal(ndarray(backend, [1]))).toThrow(new ShapeError("diagonal: x is [1]; it must be [...batch, m, n]"));
});
