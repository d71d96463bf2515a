import { ndarray, ShapeError, split, type Value } from "@paramat/core";
import { expect, test } from "vitest";
import { backend, expectEveryOrder, randomArray } from "./linear-laws.js";

test("literal: by sizes and by number", () => {
  const x = ndarray(backend, [1, 2, 3, 4, 5, 6]);
  expect(split(x, [1, 0, 5]).map((part) => part.toNested())).toEqual([[1], [], [2, 3, 4, 5, 6]]);
  expect(split(x, 3).map((part) => part.toNested())).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
});

test("is linear, and each piece has derivatives of every order", () => {
  const x = randomArray([2, 5], 3);
  expect((v: Value) => split(v, [2, 3], 1)).toHaveExactAdjoint(x);
  expectEveryOrder((v) => split(v, [2, 3], -1)[1] as Value, x);
});

test("refuses sizes that do not add up, and pieces that do not divide", () => {
  const x = randomArray([2, 5], 3);
  expect(() => split(x, [2, 2], 1)).toThrow(
    new ShapeError("split: sizes [2, 2] add up to 4; they must be integers ≥ 0 that add up to 5, axis 1 of [2, 5]"),
  );
  expect(() => split(x, [6, -1], 1)).toThrow(
    new ShapeError("split: sizes [6, -1] add up to 5; they must be integers ≥ 0 that add up to 5, axis 1 of [2, 5]"),
  );
  expect(() => split(x, 2, 1)).toThrow(
    new ShapeError("split: axis 1 of [2, 5] does not divide into 2 equal pieces; 5 must be a multiple of the number of pieces"),
  );
});
