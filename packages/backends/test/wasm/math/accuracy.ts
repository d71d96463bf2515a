import type { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import type { Precision } from "../../../src/backend.js";
import type { VectorFunction } from "../../../src/wasm/math/math-context.js";
import { exactly, roundings, ulpsApart, uniform } from "./vector-function.js";

/** Where a function of one number is tested, in one precision. */
export interface Domain {
  /** Intervals to draw from evenly. */
  readonly intervals: readonly (readonly [number, number])[];
  /** Sizes 2^from … 2^to, drawn evenly in the exponent. */
  readonly exponents: readonly [number, number];
  /** Signs of these sizes; default both. */
  readonly signs?: readonly (1 | -1)[];
  /** Numbers whose neighbours are tested too. */
  readonly near: readonly number[];
}

/** What a function of one number should be. */
export interface Truth {
  readonly domains: Readonly<Record<Precision, Domain>>;
  /** The true value to 40 digits. */
  readonly exact: (x: Decimal) => Decimal;
  /** The value in float64, near enough to the truth to be that for float32. */
  readonly wide: (x: number) => number;
}

/** Declares tests that f is within 2 ulps of the truth, in both precisions and however products are rounded. */
export function describeAccuracy(name: string, f: VectorFunction, { domains, exact, wide }: Truth): void {
  describe.each(["float32", "float64"] as const)(`${name} in %s`, (precision) => {
    const single = precision === "float32";
    const xs = points(precision, domains[precision], single ? 8000 : 200);
    const truths = xs.map((x) => (single ? wide(x) : exact(exactly(x))));
    test.each(roundings)("is within 2 ulps, with $rounding", ({ runVector }) => {
      const errors = runVector(precision, f, xs).map((y, i) => ulpsApart(precision, y, truths[i]!));
      const worst = errors.reduce((most, error, i) => (error <= errors[most]! ? most : i), 0);
      expect(errors[worst], `${errors[worst]} ulps at ${xs[worst]}`).toBeLessThanOrEqual(2);
    });
  });
}

/** Declares tests that f has exactly these values, in both precisions and however products are rounded; a sign of 0 counts. */
export function describeValues(name: string, f: VectorFunction, rows: readonly (readonly number[])[]): void {
  describe.each(["float32", "float64"] as const)(`special values of ${name} in %s`, (precision) => {
    test.each(roundings)("$rounding", ({ runVector }) => {
      const numArgs = rows[0]!.length - 1;
      const inputs = Array.from({ length: numArgs }, (_, i) => rows.map((row) => row[i]!));
      const values = runVector(precision, f, ...inputs);
      expect(rows.map((row, i) => [...row.slice(0, numArgs), values[i]])).toEqual(rows);
    });
  });
}

/** `count` numbers for each interval and for the exponents, and the neighbours of some. */
function points(precision: Precision, { intervals, exponents, signs = [1, -1], near }: Domain, count: number): number[] {
  const draw = uniform(12345);
  const inside = (from: number, to: number) => from + (to - from) * (draw() + draw() / 2 ** 32);
  const epsilon = precision === "float32" ? 2 ** -23 : 2 ** -52;
  const drawn = [
    ...intervals.flatMap(([from, to]) => Array.from({ length: count }, () => inside(from, to))),
    ...Array.from({ length: count }, (_, i) => signs[i % signs.length]! * 2 ** Math.floor(inside(...exponents)) * inside(1, 2)),
    ...near.flatMap((x) => [-20, -3, -2, -1, 0, 1, 2, 3, 20].map((k) => x * (1 + k * epsilon))),
  ];
  const rounded = precision === "float32" ? drawn.map(Math.fround) : drawn;
  // Whole vectors, so that what lies after the last is not computed.
  return rounded.slice(0, rounded.length - (rounded.length % 4));
}
