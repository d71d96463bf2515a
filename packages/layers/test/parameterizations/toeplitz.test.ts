import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { matrixQ, toDense, toeplitz } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

function naive(m: number, n: number) {
  return (theta: ArrayLike<number>) => {
    const matrix = new Float64Array(m * n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) matrix[i * n + j] = theta[i - j + n - 1] as number;
    }
    return matrix;
  };
}

describe("toeplitz", () => {
  const size = fc.integer({ min: 1, max: 9 });

  property.prop([size, size, fc.integer({ min: 1, max: 1e6 })], { numRuns: 30 })(
    "satisfies the laws for every m and n; its matrix is written out from the definition",
    (m, n, seed) => {
      const report = checkParameterization(toeplitz(m, n), backend, { seed, oracle: naive(m, n) });
      expect(report.ok, String(report)).toBe(true);
    },
  );

  test("2×3 by hand", () => {
    expect(toDense(toeplitz(2, 3), ndarray(backend, [1, 2, 3, 4])).toNested()).toEqual([
      [3, 2, 1],
      [4, 3, 2],
    ]);
  });

  test("Q from its entries is Q by probing K itself", () => {
    const { entries, ...blind } = toeplitz(3, 4);
    expect(matrixQ(blind, { backend })).toEqual(matrixQ({ ...blind, entries } as typeof blind));
  });

  test("the lecture's 4×4 of a width-3 stencil", () => {
    const theta = ndarray(backend, [0, 0, 1, 2, 3, 0, 0]);
    expect(toDense(toeplitz(4), theta).toNested()).toEqual([
      [2, 1, 0, 0],
      [3, 2, 1, 0],
      [0, 3, 2, 1],
      [0, 0, 3, 2],
    ]);
  });

  test("refuses sizes that are not positive", () => {
    expect(() => toeplitz(0, 3)).toThrow("toeplitz: a matrix of 0 × 3; both numbers must be positive integers");
  });
});
