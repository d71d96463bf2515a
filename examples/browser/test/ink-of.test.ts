import { generateDigits } from "paramat";
import { expect, test } from "vitest";
import { inkOf, type Stroke } from "../src/ink-of.js";

const seven: Stroke = [
  [10, 10],
  [60, 10],
  [30, 90],
];

test("a drawing is moved and brought to size: where and how large it was drawn does not matter", () => {
  const moved = seven.map(([x, y]) => [300 + 3 * x, 40 + 3 * y] as const);
  const [a, b] = [inkOf([seven], 16, 16), inkOf([moved], 16, 16)];
  a.forEach((ink, i) => expect(b[i]).toBeCloseTo(ink, 5));
});

test("ink is between 0 and 1, full in the line and none far from it", () => {
  const image = inkOf([seven], 28, 28);
  expect(Math.max(...image)).toBe(1);
  expect(Math.min(...image)).toBe(0);
  expect(image[27 * 28]).toBe(0);
});

test("a vertical line stands in the middle, 0.69 of the height long", () => {
  const image = inkOf(
    [
      [
        [5, 0],
        [5, 100],
      ],
    ],
    20,
    20,
  );
  const rows = Array.from({ length: 20 }, (_, i) => image.subarray(20 * i, 20 * i + 20).reduce((a, b) => a + b, 0));
  // From 10 − 6.9 to 10 + 6.9, and half the line's width beyond.
  expect(rows.map((ink) => ink > 0.5)).toEqual(Array.from({ length: 20 }, (_, i) => i >= 2 && i <= 17));
  for (let i = 0; i < 400; i++) expect(image[i]).toBeCloseTo(image[20 * Math.floor(i / 20) + 19 - (i % 20)]!, 6);
});

test("nothing drawn is nothing seen; a dot is a dot in the middle", () => {
  expect(Math.max(...inkOf([], 12, 12))).toBe(0);
  const dot = inkOf([[[7, 7]]], 13, 13);
  expect(dot[6 * 13 + 6]).toBe(1);
  expect(dot.reduce((a, b) => a + b, 0)).toBeLessThan(10);
});

test("it has about as much ink as the digits that networks are trained on", () => {
  const { images } = generateDigits({ train: 200, test: 0, size: 16 }).train;
  const mean = images.reduce((a, b) => a + b, 0) / 200;
  const ink = inkOf([seven], 16, 16).reduce((a, b) => a + b, 0);
  expect(ink).toBeGreaterThan(mean / 2);
  expect(ink).toBeLessThan(mean * 1.5);
});
