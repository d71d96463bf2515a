import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { axisDomain, axisTicks } from "../../src/plots/axis.js";

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe("axisDomain", () => {
  test.prop([fc.array(value, { minLength: 1 })])("holds every value with room at both ends", (values) => {
    const [low, high] = axisDomain({ label: "" }, values);
    for (const v of values) expect(low < v && v < high).toBe(true);
  });

  test("a logarithmic one leaves out what has no logarithm", () => {
    const [low, high] = axisDomain({ label: "", log: true }, [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e-3, 10]);
    expect(low).toBeGreaterThan(1e-4);
    expect(low).toBeLessThan(1e-3);
    expect(high).toBeGreaterThan(10);
    expect(high).toBeLessThan(20);
  });

  test("is there without values, and takes the ends that are given", () => {
    expect(axisDomain({ label: "" }, [])).toEqual([0, 1]);
    expect(axisDomain({ label: "", log: true }, [-1])).toEqual([0.1, 1]);
    expect(axisDomain({ label: "", domain: [2, 3] }, [10])).toEqual([2, 3]);
    expect(axisDomain({ label: "", includes: [0] }, [4, 5])[0]).toBe(0);
  });
});

describe("axisTicks", () => {
  const apart = fc.tuple(value, fc.double({ min: 1e-6, max: 1e6, noNaN: true })).map(([low, length]) => [low, low + length] as const);
  test.prop([apart, fc.integer({ min: 3, max: 12 })])(
    "are evenly apart, within the domain, and about as many as asked",
    (domain, count) => {
      const found = axisTicks({ label: "" }, domain, count);
      expect(found.length).toBeGreaterThanOrEqual(Math.floor(count / 2.5) - 1);
      expect(found.length).toBeLessThanOrEqual(1.25 * count + 1);
      const gaps = found.slice(1).map((t, i) => t - (found[i] as number));
      for (const gap of gaps) expect(Math.abs(gap - (gaps[0] as number))).toBeLessThan(1e-9 + 1e-9 * gap);
      for (const t of found) expect(t >= domain[0] && t <= domain[1]).toBe(true);
    },
  );

  test("are round", () => {
    expect(axisTicks({ label: "" }, [-0.04, 1.04], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(axisTicks({ label: "" }, [0, 0.0007], 4)).toEqual([0, 0.0002, 0.0004, 0.0006]);
    expect(axisTicks({ label: "", isInteger: true }, [0.9, 3.1], 8)).toEqual([1, 2, 3]);
    expect(axisTicks({ label: "", log: true }, [1e-6, 2], 4)).toEqual([1e-6, 1e-4, 1e-2, 1]);
    expect(axisTicks({ label: "", log: true }, [0.09, 11], 4)).toEqual([0.1, 0.2, 0.5, 1, 2, 5, 10]);
    expect(axisTicks({ label: "", log: true }, [3.9, 4.4], 4)).toEqual([4, 4.2, 4.4]);
  });
});
