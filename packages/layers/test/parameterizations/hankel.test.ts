import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { hankel, matrixQ, toDense } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

function naive(m: number, n: number) {
  return (theta: ArrayLike<number>) => {
    const matrix = new Float64Array(m * n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) matrix[i * n + j] = theta[i + j] as number;
    }
    return matrix;
  };
}

describe("hankel", () => {
  const size = fc.integer({ min: 1, max: 9 });

  property.prop([size, size, fc.integer({ min: 1, max: 1e6 })], { numRuns: 30 })(
    "satisfies the laws for every m and n; its matrix is written out from the definition",
    (m, n, seed) => {
      const report = checkParameterization(hankel(m, n), backend, { seed, oracle: naive(m, n) });
      expect(report.ok, String(report)).toBe(true);
    },
  );

  test("2×3 by hand", () => {
    expect(toDense(hankel(2, 3), ndarray(backend, [1, 2, 3, 4])).toNested()).toEqual([
      [1, 2, 3],
      [2, 3, 4],
    ]);
  });

  test("Q from its entries is Q by probing K itself", () => {
    const { entries, ...blind } = hankel(3, 4);
    expect(matrixQ(blind, { backend })).toEqual(matrixQ({ ...blind, entries } as typeof blind));
  });

  test("is symmetric where it is square", () => {
    expect(hankel(3).tags).toEqual(["hankel", "symmetric"]);
    expect(hankel(2, 3).tags).toEqual(["hankel"]);
  });

  test("refuses sizes that are not positive", () => {
    expect(() => hankel(0, 3)).toThrow("hankel: a matrix of 0 × 3; both numbers must be positive integers");
  });
});
