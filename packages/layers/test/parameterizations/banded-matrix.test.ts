import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { bandedMatrix, toDense } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

function naive(m: number, n: number, lower: number, upper: number) {
  return (theta: ArrayLike<number>) => {
    let k = 0;
    return Float64Array.from({ length: m * n }, (_, at) => {
      const above = (at % n) - Math.floor(at / n);
      return above >= -lower && above <= upper ? (theta[k++] as number) : 0;
    });
  };
}

describe("bandedMatrix", () => {
  const size = fc.integer({ min: 1, max: 9 });
  const width = fc.integer({ min: 0, max: 3 });

  property.prop([size, size, width, width, fc.integer({ min: 1, max: 1e6 })], { numRuns: 30 })(
    "satisfies the laws, square or not; θ fills the band row by row",
    (m, n, lower, upper, seed) => {
      const report = checkParameterization(bandedMatrix(n, { lower, upper, outSize: m }), backend, {
        seed,
        oracle: naive(m, n, lower, upper),
      });
      expect(report.ok, String(report)).toBe(true);
    },
  );

  test("tridiagonal 3×3 by hand", () => {
    const K = bandedMatrix(3, { lower: 1, upper: 1 });
    expect(toDense(K, ndarray(backend, [1, 2, 3, 4, 5, 6, 7])).toNested()).toEqual([
      [1, 2, 0],
      [3, 4, 5],
      [0, 6, 7],
    ]);
    expect(K.tags).toEqual(["banded"]);
  });

  test("a band that reaches a corner is not called one", () => {
    expect(bandedMatrix(3, { lower: 2, upper: 0 }).tags).toEqual(["lowerTriangular"]);
    expect(bandedMatrix(2, { lower: 0, upper: 1, outSize: 1 }).tags).toEqual(["upperTriangular"]);
    expect(bandedMatrix(1, { lower: 0, upper: 0 }).tags).toEqual(["banded", "upperTriangular", "lowerTriangular"]);
  });

  test("a band on one side is triangular", () => {
    expect(bandedMatrix(4, { lower: 0, upper: 2 }).tags).toContain("upperTriangular");
    expect(bandedMatrix(4, { lower: 2, upper: 0 }).tags).toContain("lowerTriangular");
  });

  test("refuses widths that are no numbers of diagonals", () => {
    expect(() => bandedMatrix(3, { lower: -1, upper: 0.5 })).toThrow("bandedMatrix: lower is -1, upper is 0.5; both must be integers ≥ 0");
    expect(() => bandedMatrix(0, { lower: 1, upper: 1 })).toThrow("bandedMatrix: the size is 0");
  });
});
