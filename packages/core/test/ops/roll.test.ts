import { ndarray, roll, ShapeError } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { backend, expectEntries, expectEveryOrder, expectLinear, randomArray, reader, shapes } from "./linear-laws.js";

test("z[i] = x[(i − shift) mod n], and it is linear", () => {
  fc.assert(
    fc.property(shapes(1, 3), fc.gen(), fc.integer({ min: -9, max: 9 }), (shape, gen, shift) => {
      const axis = gen(() => fc.integer({ min: 0, max: shape.length - 1 }));
      const n = shape[axis] as number;
      const x = randomArray(shape, 2);
      const read = reader(x);
      expectEntries(roll(x, shift, axis), shape, (i) => read(i.with(axis, ((((i[axis] as number) - shift) % n) + n) % n)));
      expectLinear((v) => roll(v, shift, axis), x);
    }),
  );
});

test("literal", () => {
  const x = ndarray(backend, [1, 2, 3, 4]);
  expect(roll(x, 1, 0).toNested()).toEqual([4, 1, 2, 3]);
  expect(roll(x, -1, -1).toNested()).toEqual([2, 3, 4, 1]);
});

test("derivatives of every order", () => {
  expectEveryOrder((x) => roll(x, 2, 1), randomArray([2, 3], 7));
});

test("refuses a shift that is not whole", () => {
  expect(() => roll(randomArray([2], 1), 0.5, 0)).toThrow(new ShapeError("roll: shift is 0.5; it must be an integer"));
});
