import { broadcastShapes, complexAbs2, complexMul, conj, jvp, mul, realPart, ShapeError, type Value } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { complexVector } from "./complex-vector.js";
import { expectEveryOrder, expectLinear, expectNear, randomArray, reader, shapes } from "./linear-laws.js";

const pairs = fc.constantFrom<[number[], number[]][]>(
  [[], []],
  [[3], [3]],
  [[2, 3], [3]],
  [[3], [2, 1]],
  [
    [2, 1, 2],
    [3, 1],
  ],
  [[0, 2], [1]],
  [[1], [1]],
);

test("is the complex product with broadcasting, adjoint in both factors", () => {
  fc.assert(
    fc.property(pairs, fc.integer(), ([shapeA, shapeB], seed) => {
      const [a, b] = [randomArray([2, ...shapeA], seed), randomArray([2, ...shapeB], 2)];
      const shape = broadcastShapes("test", [shapeA, shapeB]);
      const pick = (x: Value, own: readonly number[]) => (plane: number, i: readonly number[]) =>
        reader(x)([plane, ...own.map((n, axis) => (n === 1 ? 0 : (i[shape.length - own.length + axis] as number)))]);
      const [A, B] = [pick(a, shapeA), pick(b, shapeB)];
      expectNear(complexMul(a, b), [2, ...shape], ([plane, ...i]) =>
        plane === 0 ? A(0, i) * B(0, i) - A(1, i) * B(1, i) : A(0, i) * B(1, i) + A(1, i) * B(0, i),
      );
      expect(([x, y]: readonly Value[]) => complexMul(x as Value, y as Value)).toHaveExactAdjoint([a, b]);
    }),
    { numRuns: 40 },
  );
});

test("conj turns the sign of the imaginary plane; z z̄ = |z|²", () => {
  fc.assert(
    fc.property(shapes(0, 3), (shape) => {
      const z = randomArray([2, ...shape], 2);
      const read = reader(z);
      expectNear(conj(z), z.shape, (i) => (i[0] === 0 ? 1 : -1) * read(i), 0);
      expectNear(realPart(complexMul(z, conj(z))), shape, reader(complexAbs2(z)));
      expectLinear(conj, z);
    }),
    { numRuns: 30 },
  );
});

test("literal: (1 + 2i)(3 − i) = 5 + 5i, i·i = −1", () => {
  expect(complexMul(complexVector([1, 2], [0, 1]), complexVector([3, -1], [0, 1])).toNested()).toEqual([
    [5, -1],
    [5, 0],
  ]);
});

test("derivatives of every order, also where only one factor varies and is broadcast", () => {
  const [a, b] = [randomArray([2, 2, 2], 1), randomArray([2, 2], 2)];
  const squared = ([x, y]: readonly Value[]): Value => {
    const z = complexMul(x as Value, y as Value);
    return mul(z, z);
  };
  expect(squared).toHaveCorrectGradient([a, b]);
  expectEveryOrder((x) => complexMul(a, x), b);
  expectEveryOrder((x) => complexMul(x, x), a);
  expectEveryOrder(conj, b);
  expect(jvp((x: Value) => complexMul(x, a), b, b).tangent.shape).toEqual([2, 2, 2]);
});

test("refuse an array without two planes, and shapes that do not broadcast", () => {
  const z = randomArray([2, 3], 1);
  expect(() => complexMul(randomArray([3], 1), z)).toThrow(
    new ShapeError("complexMul: an argument is [3]; axis 0 must hold 2 planes, real and imaginary"),
  );
  expect(() => conj(randomArray([3], 1))).toThrow("conj: an argument is [3]");
  expect(() => complexMul(z, randomArray([2, 4], 1))).toThrow("complexMul: shapes [2, 3] and [2, 4] do not broadcast");
});
