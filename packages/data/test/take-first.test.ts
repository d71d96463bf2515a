import { DataError } from "@paramat/core";
import { takeFirst } from "@paramat/data";
import { expect, test } from "vitest";
import { exampleSplit } from "./example-split.js";

test("keeps the first n examples", () => {
  expect(takeFirst(exampleSplit(5, 3), 2)).toEqual(exampleSplit(2, 3));
});

test("takes none and all", () => {
  expect(takeFirst(exampleSplit(5, 3), 0)).toEqual(exampleSplit(0, 3));
  expect(takeFirst(exampleSplit(5, 3), 5)).toEqual(exampleSplit(5, 3));
  expect(takeFirst(exampleSplit(0, 3), 0).size).toBe(0);
});

test.each([-1, 6, 1.5])("refuses n = %s of 5", (n) => {
  expect(() => takeFirst(exampleSplit(5, 1), n)).toThrow(DataError);
  expect(() => takeFirst(exampleSplit(5, 1), n)).toThrow(`takeFirst: cannot take ${n} of 5 examples; n must be a whole number from 0 to 5`);
});
