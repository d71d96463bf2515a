import { expect, test } from "vitest";
import { directWork, fourierWork } from "../../src/fourier/work.js";

test("direct: 2 examples of 5 points, 3 taps, 2 groups of 4 → 8 channels", () => {
  const sizes = { examples: 2, grid: [5], groups: 2, channelsIn: 4, channelsOut: 8 };
  expect(directWork(sizes, 3)).toEqual({ calls: 1, products: 2 * 5 * 3 * 2 * 32, readings: 2 * 5 * 3 * 2 * 4, numbers: 2 * 5 * 2 * 12 });
});

test("fourier: 3 examples of one channel on [4, 6] are 7 signals; 6 lines of the last axis, 4 columns of it kept", () => {
  const sizes = { examples: 3, grid: [4, 6], groups: 1, channelsIn: 1, channelsOut: 1 };
  // Length 4 is 2·2, 40 operations; 6 is 2·3, 6·5 + 6·8 = 78.
  expect(fourierWork(sizes, 31)).toEqual({
    calls: 1,
    operations: 7 * (4 * 40 + 4 * 78),
    numbers: 7 * (4 * 4 + 4 * 6),
    products: 4 * 16 * 3,
    blocks: 0,
  });
});

test("a length of 7 goes through two transforms of 16 where 7 has no butterfly", () => {
  const sizes = { examples: 0, grid: [7], groups: 1, channelsIn: 1, channelsOut: 1 };
  expect(fourierWork(sizes, 5).operations).toBe(10 * 16 * 4 + 20 * 7);
  expect(fourierWork(sizes, 7).operations).toBe(7 * 24);
});

test("blocks of several channels are 4 real products for each group and half of the frequencies", () => {
  const sizes = { examples: 1, grid: [8], groups: 3, channelsIn: 2, channelsOut: 1 };
  expect(fourierWork(sizes, 2)).toMatchObject({ products: 4 * 3 * 5 * 2, blocks: 4 * 3 * 5 });
});
