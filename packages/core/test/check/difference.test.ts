import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { difference } from "../../src/check/difference.js";

const settings = { epsilon: 2 ** -52, magnitude: 1 };
/** d/dx of a function of one number. */
const slopeOf = (f: (x: number) => number, x: number) =>
  difference((p) => p.map(f), Float64Array.of(x), Float64Array.of(f(x)), Float64Array.of(Math.abs(x) || 1), settings);

describe("difference", () => {
  test("is right to within twenty times the error it states, on smooth functions of any speed", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 3, noNaN: true }), fc.double({ min: 0.1, max: 200, noNaN: true }), (x, w) => {
        const found = slopeOf((t) => Math.sin(w * t), x);
        const expected = x * w * Math.cos(w * x);
        expect(Math.abs((found?.slope[0] as number) - expected)).toBeLessThan(20 * (found?.error as number));
        expect(found?.error).toBeLessThan(2e-5 * Math.max(1, x * w));
        expect(found?.kinked).toEqual([false]);
      }),
    );
  });

  test("sees a corner with the slopes to its two sides", () => {
    const found = slopeOf((t) => 3 * Math.max(t, 0) + t, 0);
    expect(found?.kinked).toEqual([true]);
    expect(found?.left[0]).toBeCloseTo(1, 9);
    expect(found?.right[0]).toBeCloseTo(4, 9);
  });

  test("steps inside of a corner that is near", () => {
    const found = slopeOf((t) => Math.abs(t - 1.00001) + t * t, 1);
    expect(Math.abs((found?.slope[0] as number) - 1)).toBeLessThan(1e-6);
    expect(found?.kinked).toEqual([false]);
  });

  test("steps inside of a domain whose edge is near, and gives up at the edge itself", () => {
    const found = slopeOf((t) => Math.sqrt(t - 0.99999), 1);
    expect(Math.abs((found?.slope[0] as number) * 2 * Math.sqrt(1e-5) - 1)).toBeLessThan(1e-4);
    expect(slopeOf((t) => (t < 1 ? Number.NaN : t), 1)).toBe(null);
  });

  test("a jump is a corner of boundless slope", () => {
    for (const f of [Math.sign, Math.floor, (t: number) => Math.floor(t) + 3 * t]) {
      const found = slopeOf(f, 0);
      expect(found?.kinked).toEqual([true]);
      expect([...(found?.left ?? []), ...(found?.right ?? [])]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    }
  });
});
