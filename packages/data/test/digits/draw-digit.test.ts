import { rng } from "@paramat/core";
import { expect, test } from "vitest";
import { drawDigit } from "../../src/digits/draw-digit.js";
import { templates } from "../../src/digits/templates.js";

test("there is more than one way to write each digit, within its frame", () => {
  expect(templates).toHaveLength(10);
  for (const ways of templates) {
    expect(ways.length).toBeGreaterThanOrEqual(2);
    for (const way of ways) {
      expect(Math.min(way.width, way.weight)).toBeGreaterThan(0);
      expect(Math.min(...way.strokes.flat().map(([x, y]) => Math.min(x, y)))).toBeGreaterThanOrEqual(0);
      expect(Math.max(...way.strokes.flat().map(([x, y]) => Math.max(x, y)))).toBeLessThanOrEqual(1);
    }
  }
});

test("dark ink on light paper: a digit covers between 4 % and 45 % of the image", () => {
  const stream = rng(11);
  for (let e = 0; e < 300; e++) {
    const bytes = drawDigit(e % 10, 16, stream);
    const inked = bytes.filter((grey) => grey > 100).length / bytes.length;
    expect(bytes.length).toBe(256);
    expect(inked).toBeGreaterThan(0.04);
    expect(inked).toBeLessThan(0.45);
    expect(Math.max(...bytes)).toBeGreaterThan(140);
  }
});

test("a one is upright and a seven has its bar on top", () => {
  const mean = (digit: number) => {
    const stream = rng(digit);
    const sum = new Float64Array(256);
    for (let e = 0; e < 200; e++) {
      drawDigit(digit, 16, stream).forEach((grey, i) => {
        sum[i]! += grey / 200;
      });
    }
    return (top: number, bottom: number, left: number, right: number) => {
      let total = 0;
      for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) total += sum[i * 16 + j]!;
      return total / ((bottom - top) * (right - left));
    };
  };
  const [one, seven, zero] = [mean(1), mean(7), mean(0)];
  expect(one(4, 12, 6, 10)).toBeGreaterThan(3 * one(4, 12, 0, 4));
  expect(seven(2, 5, 4, 12)).toBeGreaterThan(2 * seven(11, 14, 9, 13));
  expect(zero(7, 9, 7, 9)).toBeLessThan(0.7 * zero(2, 4, 6, 10));
});
