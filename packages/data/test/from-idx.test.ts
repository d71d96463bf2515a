import { DataError } from "@paramat/core";
import { fromIdx, type IdxArray } from "@paramat/data";
import { expect, test } from "vitest";

const images: IdxArray = { shape: [2, 1, 3], data: Uint8Array.of(0, 51, 255, 102, 0, 0) };
const labels: IdxArray = { shape: [2], data: Uint8Array.of(1, 0) };

test("scales grey values by 1/255 and keeps the labels", () => {
  expect(fromIdx(images, labels, 2)).toEqual({ size: 2, images: Float32Array.of(0, 0.2, 1, 0.4, 0, 0), labels: Uint8Array.of(1, 0) });
});

test("takes the first `limit`", () => {
  expect(fromIdx(images, labels, 2, 1)).toEqual({ size: 1, images: Float32Array.of(0, 0.2, 1), labels: Uint8Array.of(1) });
});

const faults: readonly (readonly [string, () => unknown, string])[] = [
  [
    "wrong ranks",
    () => fromIdx(labels, images, 2),
    "fromIdx: images are [2], labels [2, 1, 3]; they must be [examples, ...grid] and [examples]",
  ],
  ["unequal counts", () => fromIdx(images, { shape: [1], data: Uint8Array.of(0) }, 2), "fromIdx: there are 2 images and 1 labels"],
  ["a label that is no class", () => fromIdx(images, labels, 1), "fromIdx: label 0 is 1; with 1 classes it must be below 1"],
  ["a limit past the end", () => fromIdx(images, labels, 2, 3), "fromIdx: cannot take the first 3 of 2 examples"],
];

test.each(faults)("refuses %s", (_, act, message) => {
  expect(act).toThrow(DataError);
  expect(act).toThrow(message);
});
