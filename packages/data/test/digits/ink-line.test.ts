import fc from "fast-check";
import { expect, test } from "vitest";
import { inkLine } from "../../src/digits/ink-line.js";

test("a pen of radius 1 along the middle row: full ink there, half at the edge, none beyond", () => {
  const canvas = new Float64Array(25);
  inkLine(canvas, 5, Float64Array.of(0, 2.5, 5, 2.5), { startRadius: 1, endRadius: 1, softness: 1, ink: 0.8 });
  const row = (i: number) => [...canvas.subarray(5 * i, 5 * i + 5)];
  expect(row(0)).toEqual([0, 0, 0, 0, 0]);
  expect(row(1)).toEqual([0.4, 0.4, 0.4, 0.4, 0.4]);
  expect(row(2)).toEqual([0.8, 0.8, 0.8, 0.8, 0.8]);
  expect(row(3)).toEqual(row(1));
  expect(row(4)).toEqual(row(0));
});

test("each pixel has the greatest ink that any point of the line gives it", () => {
  const size = 9;
  const coordinate = fc.double({ min: -2, max: 11, noNaN: true });
  const lines = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(lines, (line) => {
      const pen = { startRadius: 0.8, endRadius: 1.7, softness: 1.3, ink: 0.9 };
      const canvas = new Float64Array(size * size);
      inkLine(canvas, size, Float64Array.from(line.flat()), pen);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) expect(canvas[i * size + j]).toBeCloseTo(slowInk(line, i, j, pen), 10);
      }
    }),
    { numRuns: 40 },
  );
});

test("never lightens what was there", () => {
  const canvas = new Float64Array(9).fill(0.7);
  inkLine(canvas, 3, Float64Array.of(0, 0, 3, 3), { startRadius: 1, endRadius: 1, softness: 1, ink: 0.5 });
  expect([...canvas]).toEqual(new Array<number>(9).fill(0.7));
});

test("a dot where both ends meet", () => {
  const canvas = new Float64Array(9);
  inkLine(canvas, 3, Float64Array.of(1.5, 1.5, 1.5, 1.5), { startRadius: 0.5, endRadius: 0.5, softness: 1, ink: 1 });
  expect([...canvas]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
});

interface SlowPen {
  readonly startRadius: number;
  readonly endRadius: number;
  readonly softness: number;
  readonly ink: number;
}

function slowInk(line: readonly (readonly [number, number])[], i: number, j: number, pen: SlowPen): number {
  let best = 0;
  for (let s = 0; s + 1 < line.length; s++) {
    const [p, q] = [line[s]!, line[s + 1]!];
    const length = Math.hypot(q[0] - p[0], q[1] - p[1]);
    const t = length < 1e-160 ? 0 : (((j + 0.5 - p[0]) * (q[0] - p[0])) / length + ((i + 0.5 - p[1]) * (q[1] - p[1])) / length) / length;
    const along = Math.min(1, Math.max(0, t));
    const distance = Math.hypot(j + 0.5 - p[0] - along * (q[0] - p[0]), i + 0.5 - p[1] - along * (q[1] - p[1]));
    const radius = pen.startRadius + ((pen.endRadius - pen.startRadius) * (s + along)) / (line.length - 1);
    const depth = Math.min(1, Math.max(0, (radius - distance) / pen.softness + 0.5));
    best = Math.max(best, pen.ink * depth ** 2 * (3 - 2 * depth));
  }
  return best;
}
