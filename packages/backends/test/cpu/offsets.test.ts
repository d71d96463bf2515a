import * as fc from "fast-check";
import { expect, test } from "vitest";
import { numEntries, offsets, rowMajorStrides } from "../../src/cpu/offsets.js";

test("a [2, 3] transpose starting at 10", () => {
  expect([...offsets([2, 3], [1, 2], 10)]).toEqual([10, 12, 14, 11, 13, 15]);
  expect([...offsets([], [], 4)]).toEqual([4]);
  expect([...offsets([2, 0], [1, 1])]).toEqual([]);
});

test("row-major strides enumerate 0, 1, 2, …", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { maxLength: 4 }), (shape) => {
      expect([...offsets(shape, rowMajorStrides(shape))]).toEqual(Array.from({ length: numEntries(shape) }, (_, i) => i));
    }),
  );
});
