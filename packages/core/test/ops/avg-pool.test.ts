import { avgPool, ndarray, ShapeError } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { backend, expectEveryOrder, expectLinear, expectNear, randomArray, reader } from "./linear-laws.js";
import { cellsOf, poolCases, pooledShape, refusedPools } from "./pool-cases.js";

test("is the mean of each window, over its cells in the grid or over all; linear", () => {
  fc.assert(
    fc.property(poolCases, fc.boolean(), (c, countPadding) => {
      const x = randomArray(c.shape, 1);
      const read = reader(x);
      const options = { ...c.options, countPadding };
      const volume = c.options.window.reduce((a, b) => a * b, 1);
      expectNear(avgPool(x, options), pooledShape(c), (i) => {
        const cells = cellsOf(c, i);
        return cells.reduce((total, cell) => total + read(cell), 0) / (countPadding ? volume : cells.length);
      });
      expectLinear((v) => avgPool(v, options), x);
    }),
    { numRuns: 80 },
  );
});

// Windows of more cells than one pass adds, along one axis and over two.
test.each([
  { shape: [2, 40, 2], window: [35], stride: [2] },
  { shape: [1, 9, 20, 2], window: [5, 18], stride: [2, 1] },
])("windows of many cells: $window", ({ shape, window, stride }) => {
  const c = { shape, options: { window, stride, padding: window.map(() => [0, 0] as const) } };
  const x = randomArray(shape, 2);
  const read = reader(x);
  expectNear(avgPool(x, c.options), pooledShape(c), (i) => {
    const cells = cellsOf(c, i);
    return cells.reduce((total, cell) => total + read(cell), 0) / cells.length;
  });
  expectLinear((v) => avgPool(v, c.options), x);
});

test("literal: with and without the padding", () => {
  const x = ndarray(backend, [2, 4, 6, 8], [1, 4, 1]);
  expect([...avgPool(x, { window: 2 }).toArray()]).toEqual([3, 7]);
  expect([...avgPool(x, { window: 2, padding: [[1, 1]] }).toArray()]).toEqual([2, 5, 8]);
  expect([...avgPool(x, { window: 2, padding: [[1, 1]], countPadding: true }).toArray()]).toEqual([1, 5, 4]);
});

test("derivatives of every order", () => {
  expectEveryOrder(
    (x) =>
      avgPool(x, {
        window: 2,
        stride: 1,
        padding: [
          [1, 0],
          [0, 1],
        ],
      }),
    randomArray([1, 3, 2, 2], 3),
  );
});

test.each(refusedPools)("refuses %s", (_, shape, options, message) => {
  expect(() => avgPool(randomArray(shape, 1), options)).toThrow(new ShapeError(`avgPool: ${message}`));
});
