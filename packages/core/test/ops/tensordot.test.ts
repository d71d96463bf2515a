import { inner, mul, ndarray, outer, ShapeError, tensordot, type Value } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { backend, entries, expectNear, randomArray, reader, shapes } from "./linear-laws.js";

test("is the sum over pairs of axes, adjoint in both arguments", () => {
  fc.assert(
    fc.property(shapes(0, 3, 3), shapes(0, 3, 3), fc.gen(), (freeA, freeB, gen) => {
      const paired = gen(() => shapes(0, 2, 3));
      // Paired axes stand anywhere among the free ones of each.
      const order = (count: number) => gen(() => fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count }));
      const [orderA, orderB] = [order(freeA.length + paired.length), order(freeB.length + paired.length)];
      const shapeA = orderA.map((p) => [...paired, ...freeA][p] as number);
      const shapeB = orderB.map((p) => [...paired, ...freeB][p] as number);
      const axes: [number[], number[]] = [paired.map((_, p) => orderA.indexOf(p)), paired.map((_, p) => orderB.indexOf(p))];
      const [a, b] = [randomArray(shapeA, 1), randomArray(shapeB, 2)];
      const [readA, readB] = [reader(a), reader(b)];
      const restA = shapeA.flatMap((_, axis) => (axes[0].includes(axis) ? [] : [axis]));
      const restB = shapeB.flatMap((_, axis) => (axes[1].includes(axis) ? [] : [axis]));
      const want = [...restA.map((axis) => shapeA[axis] as number), ...restB.map((axis) => shapeB[axis] as number)];
      expectNear(
        tensordot(a, b, axes),
        want,
        (i) => {
          const terms = entries(paired, (p) => {
            const at = (shape: readonly number[], own: readonly number[], rest: readonly number[], offset: number) =>
              shape.map((_, axis) => (own.includes(axis) ? (p[own.indexOf(axis)] as number) : (i[offset + rest.indexOf(axis)] as number)));
            return readA(at(shapeA, axes[0], restA, 0)) * readB(at(shapeB, axes[1], restB, restA.length));
          });
          return terms.reduce((x, y) => x + y, 0);
        },
        1024,
      );
      expect(([x, y]: readonly Value[]) => tensordot(x as Value, y as Value, axes)).toHaveExactAdjoint([a, b]);
    }),
    { numRuns: 60 },
  );
});

test("literal: the last axes of a with the first of b, outer and inner products", () => {
  const a = ndarray(backend, [
    [1, 2],
    [3, 4],
  ]);
  expect(tensordot(a, a, 1).toNested()).toEqual([
    [7, 10],
    [15, 22],
  ]);
  expect(tensordot(a, a, 2).item()).toBe(30);
  expect(outer(ndarray(backend, [1, 2]), ndarray(backend, [3, 4, 5])).toNested()).toEqual([
    [3, 4, 5],
    [6, 8, 10],
  ]);
  expect(outer(a, ndarray(backend, 2)).toNested()).toEqual([
    [2, 4],
    [6, 8],
  ]);
  expect(inner(a, ndarray(backend, [10, 1])).toNested()).toEqual([12, 34]);
  expect(inner(a, a).toNested()).toEqual([
    [5, 11],
    [11, 25],
  ]);
});

test("derivatives of every order", () => {
  const x = [randomArray([2, 3], 1), randomArray([3, 2], 2)];
  const squared = (product: (a: Value, b: Value) => Value) => (v: readonly Value[]) => {
    const z = product(v[0] as Value, v[1] as Value);
    return mul(z, z);
  };
  expect(
    squared((a, b) =>
      tensordot(a, b, [
        [0, 1],
        [1, 0],
      ]),
    ),
  ).toHaveCorrectGradient(x);
  expect(squared(outer)).toHaveCorrectGradient([randomArray([2], 1), randomArray([2], 2)]);
  expect(squared(inner)).toHaveCorrectGradient([randomArray([2, 2], 1), randomArray([2], 2)]);
});

test("refuse axes that do not pair", () => {
  const [a, b] = [randomArray([3, 4], 1), randomArray([5, 2], 2)];
  expect(() => tensordot(a, b, 1)).toThrow(
    new ShapeError("tensordot: pair 0 (axis 1 of [3, 4], axis 0 of [5, 2]) stands for axes of sizes 4 and 5; they must be equal"),
  );
  expect(() => tensordot(a, b, 3)).toThrow(
    new ShapeError("tensordot: 3 axes of [3, 4] and [5, 2]; it must be an integer ≥ 0, and both must have so many"),
  );
  expect(() => tensordot(a, b, [[0], []])).toThrow(
    new ShapeError("tensordot: 1 axes of a are paired with 0 of b; there must be as many of each"),
  );
  expect(() =>
    tensordot(a, b, [
      [0, -2],
      [0, 1],
    ]),
  ).toThrow(new ShapeError("tensordot: axes [0, -2] of a name one twice; name each axis once"));
  expect(() => tensordot(a, b, [[2], [0]])).toThrow("tensordot (a): axis 2 is outside an array of 2 axes");
  expect(() => inner(a, b)).toThrow(new ShapeError("inner: a is [3, 4], b is [5, 2]; both need a last axis, of one size"));
});
