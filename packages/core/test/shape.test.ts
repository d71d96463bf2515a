import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ShapeError } from "../src/errors.js";
import {
  broadcastShapes,
  broadcastStrides,
  checkShape,
  normalizeAxes,
  normalizeAxis,
  sameShape,
  showShape,
  sizeOf,
  stridesOf,
} from "../src/shape.js";

const sizes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });

test("sizeOf, showShape and sameShape", () => {
  expect(sizeOf([])).toBe(1);
  expect(sizeOf([2, 3, 4])).toBe(24);
  expect(sizeOf([2, 0, 4])).toBe(0);
  expect(showShape([])).toBe("[]");
  expect(showShape([3, 4])).toBe("[3, 4]");
  expect(sameShape([1, 2], [1, 2])).toBe(true);
  expect(sameShape([1, 2], [2, 1])).toBe(false);
  expect(sameShape([1], [1, 1])).toBe(false);
});

test("strides count the positions in row-major order", () => {
  expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1]);
  fc.assert(
    fc.property(sizes, (shape) => {
      const strides = stridesOf(shape);
      const positions: number[] = [];
      const visit = (axis: number, at: number): void => {
        if (axis === shape.length) positions.push(at);
        else for (let i = 0; i < (shape[axis] as number); i++) visit(axis + 1, at + i * (strides[axis] as number));
      };
      visit(0, 0);
      expect(positions).toEqual(Array.from({ length: sizeOf(shape) }, (_, i) => i));
    }),
  );
});

describe("broadcasting", () => {
  test("aligns at the last axis and repeats sizes of 1", () => {
    expect(
      broadcastShapes("op", [
        [2, 1, 3],
        [4, 1],
      ]),
    ).toEqual([2, 4, 3]);
    expect(broadcastShapes("op", [[], [5]])).toEqual([5]);
    expect(broadcastShapes("op", [[1], [0]])).toEqual([0]);
    expect(broadcastShapes("op", [])).toEqual([]);
  });

  test("does not depend on order, and every shape broadcasts to itself", () => {
    fc.assert(
      fc.property(sizes, sizes, (a, b) => {
        expect(broadcastShapes("op", [a, a])).toEqual(a);
        const attempt = (shapes: number[][]) => {
          try {
            return broadcastShapes("op", shapes);
          } catch {
            return null;
          }
        };
        expect(attempt([a, b])).toEqual(attempt([b, a]));
      }),
    );
  });

  test("names both shapes and the axis that does not fit", () => {
    expect(() =>
      broadcastShapes("add", [
        [2, 3],
        [4, 3],
      ]),
    ).toThrow(
      new ShapeError("add: shapes [2, 3] and [4, 3] do not broadcast: sizes 2 and 4 meet at axis -2; they must be equal, or one of them 1"),
    );
  });

  test("strides are 0 along repeated axes", () => {
    expect(broadcastStrides([3, 1], [2, 3, 4])).toEqual([0, 1, 0]);
    expect(broadcastStrides([], [2])).toEqual([0]);
    expect(broadcastStrides([2, 3], [2, 3])).toEqual([3, 1]);
  });
});

describe("axes", () => {
  test("negative ones count from the end", () => {
    expect(normalizeAxis("op", -1, 3)).toBe(2);
    expect(normalizeAxes("op", undefined, 3)).toEqual([0, 1, 2]);
    expect(normalizeAxes("op", [-1, 0], 3)).toEqual([0, 2]);
    expect(normalizeAxes("op", 1, 3)).toEqual([1]);
  });

  test("a scalar has none", () => {
    expect(() => normalizeAxis("softmax", -1, 0)).toThrow(
      new ShapeError("softmax: axis -1 is outside a scalar, which has no axes; give an array of at least one axis"),
    );
    expect(normalizeAxes("sum", undefined, 0)).toEqual([]);
  });

  test("refused outside the array, not an integer, or twice", () => {
    expect(() => normalizeAxis("sum", 3, 3)).toThrow("sum: axis 3 is outside an array of 3 axes; it must be an integer in -3 … 2");
    expect(() => normalizeAxis("sum", -4, 3)).toThrow("sum: axis -4 is outside");
    expect(() => normalizeAxis("sum", 0.5, 3)).toThrow("sum: axis 0.5 is outside");
    expect(() => normalizeAxes("sum", [0, -2], 2)).toThrow("sum: axis 0 is named twice in [0, -2]; name each axis once");
  });
});

test("checkShape refuses sizes that are negative or not whole", () => {
  expect(checkShape("op", [2, 0])).toEqual([2, 0]);
  expect(() => checkShape("op", [2, -1])).toThrow("op: shape [2, -1] has a size that is not an integer ≥ 0");
  expect(() => checkShape("op", [Number.NaN])).toThrow(ShapeError);
});
