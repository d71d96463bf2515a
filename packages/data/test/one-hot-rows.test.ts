import { DataError } from "@paramat/core";
import { oneHotRows } from "@paramat/data";
import fc from "fast-check";
import { expect, test } from "vitest";

test("one 1 in each row, where the label says", () => {
  expect(oneHotRows([2, 0], 3)).toEqual(Float32Array.of(0, 0, 1, 1, 0, 0));
});

test("argmax of each row gives the label back and each row sums to 1", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(fc.nat(11)), (classes, drawn) => {
      const labels = drawn.map((label) => label % classes);
      const rows = labels.map((_, e) => [...oneHotRows(labels, classes).slice(e * classes, (e + 1) * classes)]);
      expect(rows.map((row) => row.indexOf(1))).toEqual(labels);
      for (const row of rows) expect(row.reduce((sum, entry) => sum + entry, 0)).toBe(1);
    }),
  );
});

test("refuses a label that is no class, and no classes", () => {
  expect(() => oneHotRows([0, 3], 3)).toThrow(DataError);
  expect(() => oneHotRows([0, 3], 3)).toThrow("oneHotRows: labels[1] is 3; with 3 classes a label must be a whole number from 0 to 2");
  expect(() => oneHotRows([-1], 3)).toThrow("labels[0] is -1");
  expect(() => oneHotRows([], 0)).toThrow("oneHotRows: 0 classes");
});
