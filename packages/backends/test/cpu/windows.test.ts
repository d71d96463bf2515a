import { expect, test } from "vitest";
import { positionsOf } from "../../src/cpu/storage.js";
import { cpu } from "../../src/cpu.js";

const backend = cpu();
const geometry = { examples: 1, grid: [4], window: [2], stride: [2], padLow: [0], padHigh: [0], channels: 1 };
const positions = (changes: Partial<typeof geometry>, x: number[]) => [
  ...positionsOf(backend.argmaxWindows({ ...geometry, ...changes }, backend.upload(x))),
];

test("windows of two: the larger, and the first of equals", () => {
  expect(positions({}, [1, 2, 5, 5])).toEqual([1, 2]);
});

test("padding is no candidate, even beside negative numbers", () => {
  expect(positions({ padLow: [1], padHigh: [1] }, [-1, -2, -3, -4])).toEqual([0, 1, 3]);
});

test("the first NaN is the maximum", () => {
  expect(positions({ window: [4] }, [1, NaN, 9, NaN])).toEqual([1]);
});

test("channels and examples are apart, and positions are flat", () => {
  expect(positions({ examples: 2, grid: [2], channels: 2 }, [1, 4, 3, 2, 0, 0, -1, 1])).toEqual([2, 1, 4, 7]);
});
