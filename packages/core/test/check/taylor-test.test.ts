import { cpu } from "@paramat/backends";
import { taylorTest } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { add, cos, exp, mul, relu, sin, square, sub, sum } from "../../src/ops/index.js";
import { customDerivative } from "../../src/transforms/custom-derivative.js";
import type { Value } from "../../src/value.js";

const backend = cpu();
const scalar = (v: number) => ndarray(backend, v);

describe("taylorTest", () => {
  test("remainders of exp at 0 along 1, by hand: eʰ − 1, eʰ − 1 − h, eʰ − 1 − h − h²/2", () => {
    const { rows } = taylorTest((x: Value) => exp(x), scalar(0), { direction: scalar(1), steps: 3 });
    expect(rows.map(({ h }) => h)).toEqual([1, 0.5, 0.25]);
    rows.forEach(({ h, remainders }) => {
      const expected = [Math.exp(h) - 1, Math.exp(h) - 1 - h, Math.exp(h) - 1 - h - (h * h) / 2];
      remainders.forEach((R, k) => expect(Math.abs(R - (expected[k] as number))).toBeLessThan(1e-15));
    });
  });

  test("finds orders 1, 2 and 3", () => {
    const { verdict, orders } = taylorTest((x: Value) => sin(mul(x, exp(x))), ndarray(backend, [0.4, -0.9]));
    expect(verdict).toBe("ok");
    orders.forEach((order, k) => expect(Math.abs((order as number) - (k + 1))).toBeLessThan(0.1));
  });

  test("a remainder of rounding only is exact: linear and quadratic functions", () => {
    const x = ndarray(backend, [1, -2]);
    expect(taylorTest((x: Value) => mul(3, x), x).orders.slice(1)).toEqual([null, null]);
    const quadratic = taylorTest((x: Value) => sum(square(x)), x);
    expect(quadratic.orders[1]).toBeCloseTo(2, 2);
    expect(quadratic.orders[2]).toBe(null);
    expect(quadratic.verdict).toBe("ok");
  });

  test("order 1 prints no second derivative", () => {
    const found = taylorTest((x: Value) => exp(x), scalar(1), { order: 1, steps: 4 });
    expect(found.second).toBe(null);
    expect(found.rows[0]?.remainders).toHaveLength(2);
  });

  test("a wrong first derivative has order 1, a wrong second one order 2", () => {
    const first = customDerivative({ name: "sin", f: (v) => sin(v as Value), vjp: ([v], ct) => [mul(1.001, mul(ct, cos(v as Value)))] });
    const wrong = taylorTest((x: Value) => first(x), ndarray(backend, [0.3, 1]));
    expect(wrong.first.verdict).toBe("wrong");
    expect(wrong.orders[1]).toBeCloseTo(1, 2);
    const frozen = customDerivative({ name: "sin", f: (v) => sin(v as Value), vjp: ([v], ct) => [mul(ct, cos((v as Value).array))] });
    const second = taylorTest((x: Value) => frozen(x), ndarray(backend, [0.3, 1]));
    expect(second.first.verdict).toBe("ok");
    expect(second.second?.verdict).toBe("wrong");
    expect(second.orders[2]).toBeCloseTo(2, 2);
    expect(second.verdict).toBe("wrong");
  });

  test("at a corner it is inconclusive", () => {
    const { verdict, summary } = taylorTest((x: Value) => relu(x), scalar(0), { direction: scalar(1) });
    expect(verdict).toBe("inconclusive");
    expect(summary).toContain("x seems to lie at a kink: along v the slopes are 0 and 1");
  });

  test("digits lost inside f do not make a derivative wrong", () => {
    expect(taylorTest((x: Value) => sin(sub(add(x, 1e4), 1e4)), ndarray(backend, [0.3, 1])).verdict).toBe("ok");
  });

  test("prints the table of the trade", () => {
    const lines = String(taylorTest((x: Value) => exp(x), scalar(0), { direction: scalar(1), steps: 3 })).split("\n");
    expect(lines.slice(1)).toEqual([
      "   h  remainder 0  order  remainder 1  order  remainder 2  order",
      "   1     1.718e+0      –     7.183e-1      –     2.183e-1      –",
      "2^-1     6.487e-1   1.41     1.487e-1   2.27     2.372e-2   3.20",
      "2^-2     2.840e-1   1.19     3.403e-2   2.13     2.775e-3   3.10",
    ]);
  });

  test("refuses a direction of another form", () => {
    expect(() => taylorTest((x: Value) => exp(x), scalar(0), { direction: ndarray(backend, [1]) })).toThrow(
      "taylorTest: at the root one tree has shape [], the other [1]; they must agree",
    );
  });
});
