import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { shownNumber, shownPower } from "../../src/plots/shown-number.js";
import { numberIn } from "./read-svg.js";

test("is written as people write it", () => {
  const written = [0, 0.05, -1234.5, 99999, 1e5, 3.2049e-7, -1e-4, Number.NaN, Number.NEGATIVE_INFINITY].map((x) => shownNumber(x));
  expect(written).toEqual(["0", "0.05", "−1230", "10⁵", "10⁵", "3.2·10⁻⁷", "−10⁻⁴", "NaN", "−∞"]);
  expect([1, 10, 1e3, 1e-12].map(shownPower)).toEqual(["1", "10", "10³", "10⁻¹²"]);
});

test.prop([fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), fc.integer({ min: 1, max: 6 })])(
  "is the number to so many digits",
  (x, digits) => {
    const nearest = Number(x.toPrecision(digits));
    expect(Math.abs(numberIn(shownNumber(x, digits)) - nearest)).toBeLessThanOrEqual(1e-15 * Math.abs(nearest) + 1e-320);
  },
);
