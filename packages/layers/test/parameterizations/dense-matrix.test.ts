import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { denseMatrix } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

describe("denseMatrix", () => {
  property.prop(
    [
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 1e6 }),
    ],
    {
      numRuns: 25,
    },
  )("satisfies the laws; its matrix is θ", (inShape, m, seed) => {
    const report = checkParameterization(denseMatrix(inShape, [m]), backend, { seed, oracle: (theta) => theta });
    expect(report.ok, String(report)).toBe(true);
  });

  test("a 2×3 matrix by hand", () => {
    const K = denseMatrix([3], [2]);
    const theta = ndarray(backend, [
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(K.apply(theta, ndarray(backend, [[1, 0, -1]])).toNested()).toEqual([[-2, -2]]);
    expect(K.applyTranspose(theta, ndarray(backend, [[1, -1]])).toNested()).toEqual([[-3, -3, -3]]);
    expect(K.jacobianTranspose(ndarray(backend, [[1, 0, -1]]), ndarray(backend, [[2, 3]])).toNested()).toEqual([
      [2, 0, -2],
      [3, 0, -3],
    ]);
  });

  test("refuses empty shapes", () => {
    expect(() => denseMatrix([0], [2])).toThrow("denseMatrix: from [0] to [2]; every size must be a positive integer");
  });

  test("starts with entries of variance 2/n", () => {
    const theta = Array.from(denseMatrix([50], [200]).init(rng(3), backend).toArray());
    const variance = theta.reduce((s, t) => s + t * t, 0) / theta.length;
    expect(variance).toBeCloseTo(2 / 50, 2);
  });
});
