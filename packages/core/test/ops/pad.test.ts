import { grad, ndarray, pad, ShapeError, sum, type Value } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { backend, expectEntries, expectEveryOrder, expectLinear, randomArray, reader, shapes } from "./linear-laws.js";

test("x in the middle and the value around it; linear for 0", () => {
  fc.assert(
    fc.property(shapes(0, 3), fc.gen(), fc.constantFrom(0, 2.5, -Infinity), (shape, gen, value) => {
      const widths = shape.map(() => gen(() => fc.tuple(fc.nat(2), fc.nat(2))));
      const x = randomArray(shape, 2);
      const read = reader(x);
      const want = shape.map((n, a) => n + (widths[a] as [number, number])[0] + (widths[a] as [number, number])[1]);
      expectEntries(pad(x, widths, { value }), want, (i) => {
        const inside = i.map((k, a) => k - (widths[a] as [number, number])[0]);
        return inside.every((k, a) => k >= 0 && k < (shape[a] as number)) ? read(inside) : value;
      });
      if (value === 0) expectLinear((v) => pad(v, widths), x);
    }),
  );
});

test("literal", () => {
  const x = ndarray(backend, [[1, 2]]);
  const widths = [
    [1, 0],
    [0, 2],
  ] as const;
  expect(pad(x, widths, { value: 7 }).toNested()).toEqual([
    [7, 7, 7, 7],
    [1, 2, 7, 7],
  ]);
});

test("derivatives of every order, for any value", () => {
  const x = randomArray([2, 2], 3);
  const widths = [
    [0, 1],
    [2, 0],
  ] as const;
  expectEveryOrder((v) => pad(v, widths), x);
  expectEveryOrder((v) => pad(v, widths, { value: 2 }), x);
  expect(grad((v: Value) => sum(pad(v, widths, { value: 9 })))(x).toNested()).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

test("refuses widths that are negative or not one pair for each axis", () => {
  const x = randomArray([2, 3], 1);
  expect(() => pad(x, [[1, 1]])).toThrow(
    new ShapeError("pad: 1 pairs of widths for shape [2, 3]; there must be one pair for each of its 2 axes"),
  );
  expect(() =>
    pad(x, [
      [0, 0],
      [-1, 0],
    ]),
  ).toThrow(new ShapeError("pad: widths [-1, 0] along axis 1; they must be two integers ≥ 0 (slice cuts entries off)"));
});
