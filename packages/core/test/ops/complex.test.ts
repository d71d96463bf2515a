import { complexAbs2, complexFromReal, imagPart, realPart, ShapeError } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { complexVector } from "./complex-vector.js";
import { expectEntries, expectEveryOrder, expectLinear, expectNear, randomArray, reader, shapes } from "./linear-laws.js";

test("the planes are the real and the imaginary part; linear", () => {
  fc.assert(
    fc.property(shapes(0, 3), (shape) => {
      const [x, z] = [randomArray(shape, 1), randomArray([2, ...shape], 2)];
      const [readX, readZ] = [reader(x), reader(z)];
      expectEntries(complexFromReal(x), [2, ...shape], ([plane, ...i]) => (plane === 0 ? readX(i) : 0));
      expectEntries(realPart(z), shape, (i) => readZ([0, ...i]));
      expectEntries(imagPart(z), shape, (i) => readZ([1, ...i]));
      expectNear(complexAbs2(z), shape, (i) => readZ([0, ...i]) ** 2 + readZ([1, ...i]) ** 2);
      for (const part of [realPart, imagPart]) expectLinear(part, z);
      expectLinear(complexFromReal, x);
    }),
    { numRuns: 40 },
  );
});

test("literal", () => {
  const z = complexVector([3, 4], [0, -2]);
  expect(realPart(z).toNested()).toEqual([3, 0]);
  expect(imagPart(z).toNested()).toEqual([4, -2]);
  expect(complexAbs2(z).toNested()).toEqual([25, 4]);
});

test("derivatives of every order", () => {
  const z = randomArray([2, 3], 3);
  for (const f of [realPart, imagPart, complexAbs2]) expectEveryOrder(f, z);
  expectEveryOrder(complexFromReal, z);
});

test("refuse an array without two planes", () => {
  const x = randomArray([3], 1);
  expect(() => realPart(x)).toThrow(new ShapeError("realPart: an argument is [3]; axis 0 must hold 2 planes, real and imaginary"));
  expect(() => imagPart(x)).toThrow("imagPart: an argument is [3]");
  expect(() => complexAbs2(x)).toThrow("complexAbs2: an argument is [3]");
});
