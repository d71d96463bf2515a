import { grad, hvp, maxPool, mul, ndarray, ShapeError, sum, type Value } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { backend, expectEntries, expectEveryOrder, randomArray, reader } from "./linear-laws.js";
import { cellsOf, poolCases, pooledShape, refusedPools } from "./pool-cases.js";

test("is the largest entry of each window, and its derivative reads there", () => {
  fc.assert(
    fc.property(poolCases, fc.integer(), (c, seed) => {
      const x = randomArray(c.shape, seed);
      const read = reader(x);
      expectEntries(maxPool(x, c.options), pooledShape(c), (i) => Math.max(...cellsOf(c, i).map(read)));
      // Entries differ with probability 1 and gradients are taken at random points: no kink is near.
      expect((v: Value) => maxPool(v, c.options)).toHaveExactAdjoint(x);
    }),
    { numRuns: 80 },
  );
});

test("literal: 2 × 2 windows", () => {
  const x = ndarray(backend, [1, 2, 5, 3, 4, 0, 1, 9, 7, 1, 2, 2, 0, 8, 2, 2], [1, 4, 4, 1]);
  expect([...maxPool(x, { window: 2 }).toArray()]).toEqual([4, 9, 8, 2]);
  expect([...maxPool(x, { window: 3, stride: 1 }).toArray()]).toEqual([7, 9, 8, 9]);
});

test("at ties the first maximum receives the gradient", () => {
  const x = ndarray(backend, [3, 3, 1, 2, 2, 2], [1, 6, 1]);
  const slope = grad((v: Value) => sum(maxPool(v, { window: 3 })))(x);
  expect([...slope.toArray()]).toEqual([1, 0, 0, 1, 0, 0]);
});

test("an entry that wins several windows receives the sum", () => {
  const x = ndarray(backend, [1, 5, 2, 0], [1, 4, 1]);
  expect([...grad((v: Value) => sum(maxPool(v, { window: 2, stride: 1 })))(x).toArray()]).toEqual([0, 2, 1, 0]);
});

test("NaN is the maximum, and cells outside the grid never are", () => {
  const x = ndarray(backend, [-1, Number.NaN, -3, -4], [1, 4, 1]);
  expect([...maxPool(x, { window: 2, padding: [[1, 1]] }).toArray()]).toEqual([-1, Number.NaN, -4]);
});

test("derivatives of every order: its own second derivative is zero, that of its square is not", () => {
  const x = randomArray([2, 4, 4, 2], 3);
  expectEveryOrder((v) => maxPool(v, { window: 2, stride: 1 }), x);
  const dx = randomArray(x.shape, 4);
  expectEntries(
    hvp((v: Value) => sum(maxPool(v, { window: 2 })), x, dx),
    x.shape,
    () => 0,
  );
  const ofSquare = hvp(
    (v: Value) => {
      const z = maxPool(v, { window: 2 });
      return sum(mul(z, z));
    },
    x,
    dx,
  );
  const winners = grad((v: Value) => sum(maxPool(v, { window: 2 })))(x);
  const [won, step] = [reader(winners), reader(dx)];
  expectEntries(ofSquare, x.shape, (i) => (won(i) === 1 ? 2 * step(i) : 0));
});

test.each(refusedPools)("refuses %s", (_, shape, options, message) => {
  expect(() => maxPool(randomArray(shape, 1), options)).toThrow(new ShapeError(`maxPool: ${message}`));
});
