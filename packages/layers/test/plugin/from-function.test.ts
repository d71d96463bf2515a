import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { add, mul, NotLinearError, relu, rng, roll, ShapeError, slice, sum, type Value } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { antisymmetricMatrix, fromFunction, matrixQ } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

/** z_i = θ₀ y_i + θ₁ y_{i−1}, around the end. */
const shifts = (theta: Value, y: Value) => add(mul(slice(theta, 0, 0, 1), y), mul(slice(theta, 0, 1, 2), roll(y, 1, 1)));

describe("fromFunction", () => {
  property.prop([fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 1e6 })], { numRuns: 25 })(
    "satisfies the laws: the two other contractions are right to second order",
    (n, seed) => {
      const K = fromFunction({ name: "shifts", thetaShape: [2], inShape: [n], f: shifts }, backend);
      const oracle = ([a, b]: ArrayLike<number> & Iterable<number>) => {
        const matrix = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          matrix[i * n + i] = (matrix[i * n + i] as number) + (a as number);
          const before = i * n + ((i + n - 1) % n);
          matrix[before] = (matrix[before] as number) + (b as number);
        }
        return matrix;
      };
      const report = checkParameterization(K, backend, { seed, oracle: (theta) => oracle(Array.from(theta)) });
      expect(report.ok, String(report)).toBe(true);
    },
  );

  test("is the same K as one written by its entries", () => {
    const A = antisymmetricMatrix(4);
    const K = fromFunction({ name: "wrapped", thetaShape: [6], inShape: [4], f: A.apply, tags: ["antisymmetric"] }, backend);
    expect(K.outShape).toEqual([4]);
    expect(matrixQ(K, { backend })).toEqual(matrixQ(A));
    expect(K.tags).toEqual(["antisymmetric"]);
  });

  test("starts with θ scaled so that K(θ)y has about twice the variance of y", () => {
    const K = fromFunction({ name: "scale", thetaShape: [400], inShape: [400], f: (theta, y) => mul(7, mul(theta, y)) }, backend);
    const theta = Array.from(K.init(rng(2), backend).toArray());
    expect(theta.reduce((s, t) => s + 49 * t * t, 0) / 400).toBeCloseTo(2, 0);
  });

  const refused: [string, (theta: Value, y: Value) => Value, string][] = [
    [
      "θ squared",
      (theta, y) => mul(mul(theta, theta), y),
      "bad: f is not linear in θ: f(1.5·a + b, y) and 1.5·f(a, y) + f(b, y) differ, at [0, 0] by ",
    ],
    ["a constant part", (theta, y) => add(mul(theta, y), y), "bad: f is not linear in θ"],
    ["a bias", (theta, y) => add(y, theta), "bad: f is not linear in θ"],
    [
      "an activation",
      (theta, y) => mul(theta, relu(y)),
      "bad: f is not linear in y: f(θ, 1.5·a + b) and 1.5·f(θ, a) + f(θ, b) differ, at ",
    ],
    ["NaN", (theta, y) => mul(Number.NaN, mul(theta, y)), "bad: f is not linear in θ"],
    [
      "mixing examples",
      (theta, y) => mul(theta, roll(y, 1, 0)),
      "bad: f mixes examples: f(θ, y) of example 1 alone and among three differ, at ",
    ],
  ];
  test.each(refused)("refuses %s with numbers that show it", (_, f, message) => {
    const make = () => fromFunction({ name: "bad", thetaShape: [3], inShape: [3], f }, backend);
    expect(make).toThrow(NotLinearError);
    expect(make).toThrow(message);
    expect(make).toThrow(/against|K\(θ\)y must be linear/);
  });

  test("refuses a function that sums over the examples", () => {
    const make = () =>
      fromFunction({ name: "bad", thetaShape: [4], inShape: [4], f: (theta, y) => sum(mul(theta, y), { axes: 0 }) }, backend);
    expect(make).toThrow(ShapeError);
    expect(make).toThrow("bad: f makes [4] of 3 examples [3, 4]; axis 0 of the result must hold the 3 examples");
  });

  test("float32 rounding is no fault", () => {
    expect(() => fromFunction({ name: "shifts", thetaShape: [2], inShape: [64], f: shifts }, cpu("float32"))).not.toThrow();
  });
});
