import { createHash } from "node:crypto";
import { DataError, rng } from "@paramat/core";
import { generateDigits, takeFirst } from "@paramat/data";
import { expect, test } from "vitest";
import { softmaxRegression } from "./softmax-regression.js";

function bytesOf(images: Float32Array): Uint8Array {
  return Uint8Array.from(images, (grey) => Math.round(grey * 255));
}

test("the first hundred images are these very bytes, on every platform", () => {
  const { train } = generateDigits({ train: 100, test: 0, seed: 1 });
  expect([...train.labels.subarray(0, 20)]).toEqual([8, 2, 5, 3, 0, 6, 1, 9, 4, 7, 1, 9, 5, 6, 0, 7, 2, 3, 8, 4]);
  expect(createHash("sha256").update(bytesOf(train.images)).digest("hex")).toBe(
    "3725bb52ea862f2bb85f420371fe4e9a8d87e7bd96e871c22ecc28fbf168ba7c",
  );
});

test("shape, sizes and names; grey values are whole 255ths", () => {
  const digits = generateDigits({ train: 30, test: 20, size: 12, seed: 4 });
  expect([digits.name, digits.shape, digits.classes.length]).toEqual(["digits", [12, 12, 1], 10]);
  expect([digits.train.size, digits.train.images.length, digits.train.labels.length]).toEqual([30, 30 * 144, 30]);
  expect([digits.test.size, digits.test.images.length]).toEqual([20, 20 * 144]);
  expect(digits.train.images).toEqual(Float32Array.from(bytesOf(digits.train.images), (byte) => byte / 255));
});

test("each ten in a row hold every digit, not always in the same order", () => {
  const { labels } = generateDigits({ train: 50, test: 0 }).train;
  const tens = [0, 10, 20, 30, 40].map((start) => [...labels.subarray(start, start + 10)]);
  for (const ten of tens) expect([...ten].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(new Set(tens.map((ten) => ten.join())).size).toBeGreaterThan(1);
});

test("the first n are the same however many follow, in both splits", () => {
  const few = generateDigits({ train: 13, test: 7, seed: 9 });
  const many = generateDigits({ train: 40, test: 30, seed: 9 });
  expect(takeFirst(many.train, 13)).toEqual(few.train);
  expect(takeFirst(many.test, 7)).toEqual(few.test);
});

test("another seed or split gives other images; a stream stands for its seed", () => {
  const one = generateDigits({ train: 10, test: 10, seed: 1 });
  expect(generateDigits({ train: 10, test: 10, seed: 2 }).train.images).not.toEqual(one.train.images);
  expect(one.test.images).not.toEqual(one.train.images);
  expect(generateDigits({ train: 10, test: 10, rng: rng(1) })).toEqual(one);
});

test("no image occurs twice", () => {
  const { train, test: held } = generateDigits({ train: 500, test: 500 });
  const prints = [train, held].flatMap((split) =>
    Array.from({ length: 500 }, (_, e) => Buffer.from(bytesOf(split.images.subarray(e * 256, (e + 1) * 256))).toString("base64")),
  );
  expect(new Set(prints).size).toBe(1000);
});

test("a linear classifier trained to convergence learns much, and stays below 90 %", { timeout: 120_000 }, () => {
  const { train, test: held } = generateDigits({ train: 2000, test: 1000, seed: 1 });
  const linear = softmaxRegression(train, 1e-3, 200);
  expect(linear.gradientNorm).toBeLessThan(2e-3);
  expect(linear.accuracy(held)).toBeGreaterThan(0.6);
  expect(linear.accuracy(held)).toBeLessThan(0.9);
});

test("refuses sizes and counts out of range", () => {
  expect(() => generateDigits({ train: 1, test: 1, size: 7 })).toThrow(DataError);
  expect(() => generateDigits({ train: 1, test: 1, size: 7 })).toThrow(
    "generateDigits: images of size 7; the size must be a whole number from 8 to 64",
  );
  expect(() => generateDigits({ train: -1, test: 1 })).toThrow("generateDigits: -1 train examples; the number must be whole and ≥ 0");
  expect(() => generateDigits({ train: 1, test: 0.5 })).toThrow("generateDigits: 0.5 test examples");
});
