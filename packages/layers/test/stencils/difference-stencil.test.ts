import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { differenceStencil } from "../../src/index.js";

describe("differenceStencil", () => {
  property.prop([fc.integer({ min: 0, max: 6 }), fc.constantFrom(1, 0.5, 0.125)])(
    "is exact for polynomials: (∂ˢxᵖ)(0) = s! if p = s, else 0, p ≤ s + 1",
    (order, h) => {
      const stencil = differenceStencil(order, h);
      const reach = (stencil.length - 1) / 2;
      for (let power = 0; power <= order + 1; power++) {
        // z_0 = Σ_j θ_j y_{−j}
        const z = stencil.reduce((sum, t, index) => sum + t * (h * (reach - index)) ** power, 0);
        const factorial = Array.from({ length: order }, (_, k) => k + 1).reduce((a, b) => a * b, 1);
        expect(z).toBeCloseTo(power === order ? factorial : 0, 6);
      }
    },
  );

  test("by hand", () => {
    expect(differenceStencil(0, 0.1)).toEqual([1]);
    expect(differenceStencil(1, 0.25)).toEqual([2, 0, -2]);
    expect(differenceStencil(2, 0.5)).toEqual([4, -8, 4]);
    expect(differenceStencil(3, 1)).toEqual([0.5, -1, 0, 1, -0.5]);
    expect(differenceStencil(4, 1)).toEqual([1, -4, 6, -4, 1]);
  });

  test.each([
    [-1, 1, "the order is -1"],
    [1.5, 1, "the order is 1.5"],
    [1, 0, "h is 0; it must be a positive number"],
    [1, Number.NaN, "h is NaN"],
  ])("refuses order %s, h %s", (order, h, message) => {
    expect(() => differenceStencil(order, h)).toThrow(message);
  });
});
