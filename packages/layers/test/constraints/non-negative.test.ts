import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { nonNegative } from "../../src/index.js";

const backend = cpu("float64");
const numbers = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 8 });

describe("nonNegative", () => {
  property.prop([numbers])("projects onto the nearest θ ≥ 0", (values) => {
    const projected = nonNegative.project(ndarray(backend, values));
    expect([...projected.toArray()]).toEqual(values.map((v) => (v > 0 ? v : 0)));
    expect(nonNegative.holds(projected)).toBe(true);
  });

  property.prop([fc.array(fc.double({ min: 1e-9, max: 900, noNaN: true }), { minLength: 1, maxLength: 8 })])(
    "fromFree undoes toFree",
    (values) => {
      const back = nonNegative.fromFree(nonNegative.toFree(ndarray(backend, values))).toArray();
      values.forEach((v, k) => {
        expect(Math.abs((back[k] as number) - v)).toBeLessThanOrEqual(1e-13 * Math.max(1, v) + 1e-12 * v);
      });
    },
  );

  test("log(e − 1) is free for 1, and 0 lies at −∞", () => {
    const free = nonNegative.toFree(ndarray(backend, [1, 0])).toArray();
    expect(free[0]).toBeCloseTo(Math.log(Math.E - 1), 14);
    expect(free[1]).toBe(Number.NEGATIVE_INFINITY);
    expect(nonNegative.fromFree(ndarray(backend, [Number.NEGATIVE_INFINITY])).toArray()[0]).toBe(0);
  });

  test("negative numbers and NaN do not hold, and have no free form", () => {
    expect(nonNegative.holds(ndarray(backend, [1, -1e-300]))).toBe(false);
    expect(nonNegative.holds(ndarray(backend, [Number.NaN]))).toBe(false);
    expect(nonNegative.toFree(ndarray(backend, [-1])).toArray()[0]).toBeNaN();
  });
});
