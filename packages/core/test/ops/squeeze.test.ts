import { expandDims, ShapeError, squeeze } from "@paramat/core";
import { expect, test } from "vitest";
import { expectEveryOrder, expectLinear, randomArray } from "./linear-laws.js";

test("squeeze drops axes of size 1, expandDims adds them", () => {
  const x = randomArray([1, 3, 1, 0, 2], 1);
  expect(squeeze(x).shape).toEqual([3, 0, 2]);
  expect(squeeze(x, -3).shape).toEqual([1, 3, 0, 2]);
  expect(squeeze(randomArray([1, 1], 1)).shape).toEqual([]);
  expect(expandDims(randomArray([2, 3], 1), [0, -1]).shape).toEqual([1, 2, 3, 1]);
  expect(expandDims(randomArray([], 1), 0).shape).toEqual([1]);
  expect(expandDims(randomArray([2, 3], 1), 1).shape).toEqual([2, 1, 3]);
});

test("entries keep their order, and they are linear to every order", () => {
  const x = randomArray([1, 3, 1, 2], 1);
  expect(squeeze(x).toArray()).toEqual(x.toArray());
  expectLinear((v) => squeeze(v), x);
  expectLinear((v) => expandDims(v, [1, 2]), x);
  expectEveryOrder((v) => expandDims(squeeze(v, 0), 1), x);
});

test("refuses to drop an axis of another size, or to add one outside", () => {
  const x = randomArray([2, 1], 1);
  expect(() => squeeze(x, 0)).toThrow(new ShapeError("squeeze: axis 0 of [2, 1] has size 2; only axes of size 1 vanish"));
  expect(() => expandDims(x, 3)).toThrow("expandDims: axis 3 is outside an array of 3 axes");
});
