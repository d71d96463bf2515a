import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { observedOrder } from "../../src/check/observed-order.js";

const points = (R: (h: number) => number) => Array.from({ length: 25 }, (_, k) => [2 ** -k, R(2 ** -k)] as const);

describe("observedOrder", () => {
  test("of c hᵖ is p, whatever c", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.double({ min: 1e-3, max: 1e3, noNaN: true }), fc.boolean(), (p, c, negative) => {
        const { order } = observedOrder(
          points((h) => (negative ? -c : c) * h ** p),
          p - 1,
          1e-15,
        );
        expect(order).toBeCloseTo(p, 9);
      }),
    );
  });

  test("a term of order k explains all of the last remainder, or, where steps are too long to show the order, little", () => {
    const wrong = observedOrder(
      points((h) => h + 100 * h * h),
      1,
      1e-15,
    );
    expect(wrong.order).toBeCloseTo(1, 2);
    expect(wrong.share).toBeCloseTo(1, 2);
    // h²/(h + 0.01) is of order 2 only below 0.01, where rounding begins here.
    const slow = observedOrder(
      points((h) => (h * h) / (h + 0.01)),
      1,
      2e-5,
    );
    expect(slow.order).toBeLessThan(1.9);
    expect(slow.share).toBeLessThan(0.25);
  });

  test("is null at the level of rounding, and where a remainder falls to it at once", () => {
    expect(
      observedOrder(
        points(() => 1e-16),
        1,
        1e-16,
      ).order,
    ).toBe(null);
    expect(
      observedOrder(
        points((h) => (h > 0.1 ? h - 0.1 : 0)),
        1,
        1e-16,
      ).order,
    ).toBe(null);
  });

  test("below a corner further out the shortest steps show the order", () => {
    const { order, ending } = observedOrder(
      points((h) => h ** 3 + Math.max(0, h - 0.01)),
      2,
      1e-10,
    );
    expect(order).not.toBeCloseTo(3, 1);
    expect(ending).toBeCloseTo(3, 9);
  });

  test("a remainder that stalls above rounding has order 0", () => {
    const { order, share } = observedOrder(
      points((h) => h * h + 1e-7),
      1,
      1e-16,
    );
    expect(order).toBeLessThan(0.1);
    expect(share).toBeGreaterThan(0.25);
  });

  test("steps at which nothing finite was found are left out", () => {
    expect(
      observedOrder(
        points((h) => (h > 0.1 ? Number.NaN : h * h)),
        1,
        1e-16,
      ).order,
    ).toBeCloseTo(2, 9);
  });
});
