import { DataError } from "@paramat/core";
import { pickExamples } from "@paramat/data";
import { expect, test } from "vitest";
import { exampleSplit } from "./example-split.js";

test("takes examples in the order asked for, repetition included", () => {
  const picked = pickExamples(exampleSplit(12, 2), [11, 0, 11]);
  expect(picked).toEqual({ size: 3, images: Float32Array.of(11, 11, 0, 0, 11, 11), labels: Uint8Array.of(1, 0, 1) });
});

test("copies: the split it came from stays as it was", () => {
  const split = exampleSplit(2, 1);
  pickExamples(split, [0, 1]).images[0] = 7;
  expect(split.images[0]).toBe(0);
});

test.each([-1, 3, 0.5, Number.NaN])("refuses position %s of 3", (at) => {
  expect(() => pickExamples(exampleSplit(3, 1), [at])).toThrow(DataError);
  expect(() => pickExamples(exampleSplit(3, 1), [at])).toThrow(`there is no example ${at}; the split holds 3; positions run from 0 to 2`);
});
