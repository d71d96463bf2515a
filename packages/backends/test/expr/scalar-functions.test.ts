import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { erf } from "../../src/expr/erf.js";
import { pow, scalarFunctions, sigmoid, softplus } from "../../src/expr/scalar-functions.js";

// 18 digits, from mpmath at 30 digits.
const erfValues: readonly (readonly [number, number])[] = [
  [1e-10, 1.12837916709551262e-10],
  [0.1, 0.112462916018284898],
  [0.46875, 0.492613473217937992],
  [0.47, 0.493745050886082112],
  [0.5, 0.520499877813046538],
  [1, 0.842700792949714869],
  [1.5, 0.966105146475310727],
  [2, 0.995322265018952734],
  [3, 0.999977909503001415],
  [3.9, 0.999999965207751403],
  [4, 0.9999999845827421],
  [4.1, 0.999999993299972346],
  [5, 0.99999999999846254],
  [5.5, 0.999999999999992642],
  [5.9, 0.999999999999999928],
];

test.each(erfValues)("erf(%d) to 16 digits", (x, value) => {
  expect(Math.abs(erf(x) / value - 1)).toBeLessThan(3e-16);
  expect(erf(-x)).toBe(-erf(x));
});

test("erf at the ends", () => {
  expect(erf(0)).toBe(0);
  expect(erf(-0)).toBe(-0);
  expect([erf(6), erf(-40), erf(Infinity), erf(-Infinity)]).toEqual([1, -1, 1, -1]);
  expect(erf(Number.NaN)).toBeNaN();
});

test("sigmoid and softplus do not overflow", () => {
  expect([sigmoid(1000), sigmoid(-1000), sigmoid(0)]).toEqual([1, 0, 0.5]);
  expect([softplus(1000), softplus(-1000), softplus(0)]).toEqual([1000, 0, Math.LN2]);
  expect(sigmoid(-700)).toBe(1 / Math.exp(700));
  expect(softplus(-700) / Math.exp(-700)).toBeCloseTo(1, 14);
  expect([sigmoid(Infinity), sigmoid(-Infinity), softplus(Infinity), softplus(-Infinity)]).toEqual([1, 0, Infinity, 0]);
});

test.prop([fc.double({ min: -700, max: 700, noNaN: true })])("sigmoid(x) + sigmoid(−x) = 1 and softplus(x) − softplus(−x) = x", (x) => {
  expect(Math.abs(sigmoid(x) + sigmoid(-x) - 1)).toBeLessThan(4e-16);
  expect(Math.abs(softplus(x) - softplus(-x) - x)).toBeLessThanOrEqual(4e-16 * Math.max(1, Math.abs(x)));
});

test.prop([fc.double({ min: -10, max: 10, noNaN: true }), fc.constantFrom(-1, 0, 0.5, 1, 2, 3, 4)])("pow is the power", (x, n) => {
  expect(pow(x, n)).toSatisfy((value: number) => Object.is(value, x ** n) || Math.abs(value / x ** n - 1) < 1e-15);
});

test("rounding, ties and NaN are JavaScript's", () => {
  const { round, sign, min, select } = scalarFunctions;
  expect([round(0.5, 0, 0), round(-0.5, 0, 0), round(-1.5, 0, 0)]).toEqual([1, -0, -1]);
  expect([sign(-3, 0, 0), sign(0, 0, 0), sign(Number.NaN, 0, 0)]).toEqual([-1, 0, Number.NaN]);
  expect(min(Number.NaN, 1, 0)).toBeNaN();
  expect(select(Number.NaN, 1, 2)).toBe(1);
});
