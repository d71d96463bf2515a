import type { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import { acos, asin } from "../../../src/wasm/math/arcsine.js";
import { Exact, exactly, roundings, runVector, uniform } from "./vector-function.js";
import { worstError } from "./worst-error.js";

const functions = [
  { name: "asin", f: asin, plain: Math.asin, exact: (x: Decimal) => x.asin() },
  { name: "acos", f: acos, plain: Math.acos, exact: (x: Decimal) => x.acos() },
];

// As many digits as decide, since inverse functions of decimals are slow.
const Precise = Exact.clone({ precision: 30 });

describe.each(functions)("$name", ({ f, plain, exact }) => {
  test("float64 is right to 1.5 ulps, by decimals of 30 digits", () => {
    const x = sines(500, (v) => v, 5e-324, 2 ** -53);
    const references = x.map((v) => exact(new Precise(exactly(v))));
    for (const { rounding, runVector } of roundings) {
      const { ulps, at } = worstError("float64", runVector("float64", f, x), references, x);
      expect(ulps, `${rounding}, at ${at}`).toBeLessThan(1.5);
    }
  });

  test.each(roundings)("float32 is right to 1.5 ulps, $rounding", ({ runVector }) => {
    const x = sines(60000, Math.fround, 2 ** -149, 2 ** -24);
    const { ulps, at } = worstError("float32", runVector("float32", f, x), x.map(plain), x);
    expect(ulps, `at ${at}`).toBeLessThan(1.5);
  });

  test.each(["float32", "float64"] as const)("special values in %s", (precision) => {
    const x = [0, -0, 1, -1, 1 + 2 ** -23, -1 - 2 ** -23, 2, -1e30, Infinity, -Infinity, Number.NaN];
    const round = precision === "float32" ? Math.fround : (v: number) => v;
    expect(runVector(precision, f, x)).toEqual(x.map((v) => round(plain(v))));
  });
});

/** Numbers in [−1, 1]: everywhere, close to ±1, on both sides of ±½ where the formula changes, and small. */
function sines(count: number, round: (x: number) => number, least: number, ulp: number): number[] {
  const random = uniform(11);
  return Array.from({ length: count }, (_, i) => {
    const magnitude = [random(), 1 - ulp ** random(), 0.5 + 0.02 * (random() - 0.5), least ** random()][i % 4]!;
    return round(random() < 0.5 ? -magnitude : magnitude);
  });
}
