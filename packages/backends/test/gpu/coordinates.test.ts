import * as fc from "fast-check";
import { expect, test } from "vitest";
import { coordinates, isContiguous, placeAt } from "../../src/gpu/coordinates.js";

const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 });

/** What the declarations make of position i. */
function run(shape: readonly number[], result: string, i: number): number {
  const { code } = coordinates("i", shape, "c");
  return new Function("i", "quotient", `${code}\nreturn ${result};`)(i, (a: number, b: number) => Math.floor(a / b)) as number;
}

test("coordinates are those of the row-major position, and places their sum by strides", () => {
  fc.assert(
    fc.property(shapes, fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 }), fc.nat(20), (shape, steps, offset) => {
      const strides = steps.slice(0, shape.length);
      const { names } = coordinates("i", shape, "c");
      const place = placeAt(names, strides, offset);
      const index = shape.map(() => 0);
      for (let i = 0; i < shape.reduce((a, b) => a * b, 1); i++) {
        const expected = index.reduce((sum, coordinate, a) => sum + coordinate * strides[a]!, offset);
        expect(run(shape, place, i)).toBe(expected);
        for (let a = shape.length - 1; a >= 0 && ++index[a]! === shape[a]; a--) index[a] = 0;
      }
    }),
    { numRuns: 60 },
  );
});

test("an axis with one entry has no variable", () => {
  expect(coordinates("i", [1, 3, 1], "c")).toEqual({ code: "let c1 = 0; c1++; c1 = i;", names: ["0", "c1", "0"] });
});

test("no product is written for strides 0 and 1", () => {
  expect(placeAt(["c0", "c1", "c2"], [0, 1, -2], 0)).toBe("c1 - c2 * 2");
  expect(placeAt(["c0"], [0], 7)).toBe("7");
});

test.each([
  [[2, 3], [3, 1], 0, true],
  [[2, 1, 3], [3, 99, 1], 0, true],
  [[2, 3], [3, 1], 1, false],
  [[2, 3], [1, 2], 0, false],
  [[3], [0], 0, false],
] as const)("shape [%s] by strides [%s] from %d is contiguous: %s", (shape, strides, offset, expected) => {
  expect(isContiguous(shape, strides, offset)).toBe(expected);
});
