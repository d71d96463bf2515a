import fc from "fast-check";
import { expect, test } from "vitest";
import type { PenPoint } from "../../src/digits/templates.js";
import { traceStroke } from "../../src/digits/trace-stroke.js";

const points: fc.Arbitrary<PenPoint> = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));

test("passes through every point, each six steps after the last", () => {
  fc.assert(
    fc.property(fc.array(points, { minLength: 2, maxLength: 8 }), (stroke) => {
      const line = traceStroke(stroke);
      expect(line.length).toBe(2 * (6 * (stroke.length - 1) + 1));
      stroke.forEach(([x, y], k) => {
        expect(line[12 * k]).toBeCloseTo(x, 12);
        expect(line[12 * k + 1]).toBeCloseTo(y, 12);
      });
    }),
  );
});

test("commutes with moving and stretching the points", () => {
  fc.assert(
    fc.property(fc.array(points, { minLength: 2, maxLength: 6 }), (stroke) => {
      const line = traceStroke(stroke);
      const moved = traceStroke(stroke.map(([x, y]) => [3 * x - 1, y + 2]));
      for (let k = 0; k < line.length; k += 2) {
        expect(moved[k]).toBeCloseTo(3 * line[k]! - 1, 11);
        expect(moved[k + 1]).toBeCloseTo(line[k + 1]! + 2, 11);
      }
    }),
  );
});

test("rounds a bend but not a corner", () => {
  // Half way on the first span, Hermite: (p + q)/2 + (leave − arrive)/8; y leaves with 0 and arrives with 1/2, so it dips to −1/16.
  expect(
    traceStroke([
      [0, 0],
      [1, 0],
      [1, 1],
    ])[7],
  ).toBeCloseTo(-1 / 16, 14);
  const cornered = traceStroke([
    [0, 0],
    [1, 0, "corner"],
    [1, 1],
  ]);
  for (let k = 0; k <= 6; k++) expect(cornered[2 * k + 1]).toBe(0);
  for (let k = 6; k <= 12; k++) expect(cornered[2 * k]).toBe(1);
});
