import type { Decimal } from "decimal.js";
import { expect, test } from "vitest";
import { erf as plainErf } from "../../../src/expr/erf.js";
import { erf } from "../../../src/wasm/math/erf.js";
import { Exact, exactly, roundings, runVector, uniform } from "./vector-function.js";
import { worstError } from "./worst-error.js";

test("float64 is right to 1.5 ulps, by its series in decimals", () => {
  const x = arguments64(400);
  const references = x.map((v) => series(exactly(v)));
  for (const { rounding, runVector } of roundings) {
    const { ulps, at } = worstError("float64", runVector("float64", erf, x), references, x);
    expect(ulps, `${rounding}, at ${at}`).toBeLessThan(1.5);
  }
});

test.each(roundings)("float32 is right to 1.5 ulps, $rounding", ({ runVector }) => {
  const random = uniform(23);
  const x = Array.from({ length: 60000 }, (_, i) =>
    Math.fround((random() < 0.5 ? -1 : 1) * (i % 4 === 0 ? 2 ** (-149 * random()) : 4.2 * random())),
  );
  const { ulps, at } = worstError("float32", runVector("float32", erf, x), x.map(plainErf), x);
  expect(ulps, `at ${at}`).toBeLessThan(1.5);
});

test.each(["float32", "float64"] as const)("special values in %s", (precision) => {
  const x = [0, -0, Infinity, -Infinity, Number.NaN, 6, -6, 1e30, -1e30];
  expect(runVector(precision, erf, x)).toEqual([0, -0, 1, -1, Number.NaN, 1, -1, 1, -1]);
});

test("erf 1 by Abramowitz and Stegun, table 7.1, and odd", () => {
  const [one, minusOne] = runVector("float64", erf, [1, -1]);
  expect(one).toBeCloseTo(0.8427007929, 10);
  expect(minusOne).toBe(-one!);
});

/** Small numbers down to the least, and numbers on both sides of 0.9 where the formula changes, as far as the result is below 1. */
function arguments64(count: number): number[] {
  const random = uniform(19);
  return Array.from({ length: count }, (_, i) => {
    const magnitude = [0.9 * random(), 0.9 + 0.01 * (random() - 0.5), 0.9 + random(), 6.2 * random(), 5e-324 ** random()][i % 5]!;
    return random() < 0.5 ? -magnitude : magnitude;
  });
}

/** erf x = 2/√π e^{−x²} Σₙ 2ⁿ x²ⁿ⁺¹/(2n + 1)!!, of terms of one sign. */
function series(x: Decimal): Decimal {
  const twice = x.times(x).times(2);
  let term = x;
  let sum = x;
  for (let n = 1; term.abs().gt(sum.abs().times(1e-25)); n++) {
    term = term.times(twice).div(2 * n + 1);
    sum = sum.plus(term);
  }
  return sum.times(2).div(Exact.acos(-1).sqrt()).times(twice.div(-2).exp());
}
