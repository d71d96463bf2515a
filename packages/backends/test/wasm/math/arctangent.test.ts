import { describe, expect, test } from "vitest";
import { atan, atan2 } from "../../../src/wasm/math/arctangent.js";
import { Exact, exactly, roundings, runVector, uniform } from "./vector-function.js";
import { worstError } from "./worst-error.js";

// As many digits as decide, since inverse functions of decimals are slow.
const Precise = Exact.clone({ precision: 30 });

const ranges = {
  float32: { least: -149, greatest: 127.9, round: Math.fround },
  float64: { least: -1074, greatest: 1023.9, round: (x: number) => x },
} as const;

describe("atan", () => {
  test("float64 is right to 1.5 ulps, by decimals of 30 digits", () => {
    const x = tangents("float64", 400);
    const references = x.map((v) => new Precise(exactly(v)).atan());
    for (const { rounding, runVector } of roundings) {
      const { ulps, at } = worstError("float64", runVector("float64", atan, x), references, x);
      expect(ulps, `${rounding}, at ${at}`).toBeLessThan(1.5);
    }
  });

  test.each(roundings)("float32 is right to 1.5 ulps, $rounding", ({ runVector }) => {
    const x = tangents("float32", 60000);
    const { ulps, at } = worstError("float32", runVector("float32", atan, x), x.map(Math.atan), x);
    expect(ulps, `at ${at}`).toBeLessThan(1.5);
  });

  test.each(["float32", "float64"] as const)("special values in %s", (precision) => {
    const x = [0, -0, 1, -1, Infinity, -Infinity, Number.NaN];
    expect(runVector(precision, atan, x)).toEqual(x.map((v) => ranges[precision].round(Math.atan(v))));
  });
});

describe("atan2", () => {
  test("float64 is right to 1.7 ulps, by decimals of 30 digits", () => {
    const [y, x] = points("float64", 400);
    const references = y.map((v, i) => Precise.atan2(exactly(v), exactly(x[i]!)));
    for (const { rounding, runVector } of roundings) {
      const { ulps, at } = worstError("float64", runVector("float64", atan2, y, x), references, y, x);
      expect(ulps, `${rounding}, at ${at}`).toBeLessThan(1.7);
    }
  });

  test.each(roundings)("float32 is right to 1.7 ulps, $rounding", ({ runVector }) => {
    const [y, x] = points("float32", 60000);
    const references = y.map((v, i) => Math.atan2(v, x[i]!));
    const { ulps, at } = worstError("float32", runVector("float32", atan2, y, x), references, y, x);
    expect(ulps, `at ${at}`).toBeLessThan(1.7);
  });

  test.each(["float32", "float64"] as const)("every pair of signs, zeros, infinities, NaN and extremes in %s", (precision) => {
    const { least, greatest, round } = ranges[precision];
    const magnitudes = [0, 2 ** least, 1, 3, 2 ** Math.floor(greatest), Infinity];
    const values = [...magnitudes.flatMap((v) => [v, -v]), Number.NaN];
    const pairs = values.flatMap((y) => values.map((x) => [y, x] as const));
    const got = runVector(
      precision,
      atan2,
      pairs.map(([y]) => y),
      pairs.map(([, x]) => x),
    );
    pairs.forEach(([y, x], i) => {
      const want = round(Math.atan2(y, x));
      const isSpecial = [y, x].some((v) => v === 0 || !Number.isFinite(v)) || Math.abs(y) === Math.abs(x);
      if (isSpecial) expect(got[i], `atan2(${y}, ${x})`).toBe(want);
      else expect(worstError(precision, [got[i]!], [want]).ulps, `atan2(${y}, ${x})`).toBeLessThanOrEqual(1);
    });
  });
});

/** Numbers of every size, many of them where the formula changes. */
function tangents(precision: keyof typeof ranges, count: number): number[] {
  const { least, greatest, round } = ranges[precision];
  const random = uniform(13);
  return Array.from({ length: count }, (_, i) => {
    const magnitude = [4 * random(), 2 ** (least + (greatest - least) * random()), 0.66 + 0.01 * (random() - 0.5), 2.4 + 0.01 * random()][
      i % 4
    ]!;
    return round(random() < 0.5 ? -magnitude : magnitude);
  });
}

/** Points near and far, in every direction: their y and their x. */
function points(precision: keyof typeof ranges, count: number): [number[], number[]] {
  const { least, greatest, round } = ranges[precision];
  const random = uniform(17);
  const y = tangents(precision, count);
  const x = y.map((v, i) => {
    const magnitude = i % 3 === 0 ? 2 ** (least + (greatest - least) * random()) : Math.min(Math.abs(v) * 4 * random(), 2 ** greatest);
    return round(random() < 0.5 ? -magnitude : magnitude);
  });
  return [y, x];
}
