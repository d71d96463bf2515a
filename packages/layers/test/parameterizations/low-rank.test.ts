import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, type Value } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { diagonalPlusLowRank, lowRank, toDense } from "../../src/index.js";
import { checkParametricOperator } from "../../src/laws.js";
import { matrix, multiply } from "../operator/naive-matrix.js";

const backend = cpu("float64");

const rowsOf = (A: Value) => {
  const [m, n] = A.shape as readonly [number, number];
  const flat = A.toArray();
  return matrix(m, n, (i, j) => flat[i * n + j] as number);
};

describe("lowRank", () => {
  property.prop([fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 }), fc.nat(1e6)], {
    numRuns: 8,
  })("is U Vᵀ with r(m + n) parameters", (m, n, channels, seed) => {
    const rank = Math.min(2, m, n * channels);
    const K = lowRank([n, channels], [m], rank);
    expect(K.numParams).toBe(rank * (m + n * channels));
    const report = checkParametricOperator(K, backend, { seed, oracle: ([U, VT]) => multiply(rowsOf(U), rowsOf(VT)).flat() });
    expect(report.ok, String(report)).toBe(true);
  });

  test("rank 1 by hand", () => {
    const theta = [ndarray(backend, [[1], [2]]), ndarray(backend, [[3, 4, 5]])] as const;
    expect(toDense(lowRank([3], [2], 1), theta).toNested()).toEqual([
      [3, 4, 5],
      [6, 8, 10],
    ]);
  });

  test.each([0, 3, 1.5])("refuses rank %d of a 2 × 3 matrix", (rank) => {
    expect(() => lowRank([3], [2], rank)).toThrow(
      `lowRank: rank ${rank} from [3] to [2]; it must be an integer in 1 … 2, the smaller number of entries`,
    );
  });
});

describe("diagonalPlusLowRank", () => {
  property.prop([fc.integer({ min: 1, max: 5 }), fc.nat(1e6)], { numRuns: 8 })("is diag(d) + U Vᵀ", (n, seed) => {
    const rank = Math.min(2, n);
    const K = diagonalPlusLowRank([n], rank);
    expect(K.numParams).toBe(n + 2 * rank * n);
    const report = checkParametricOperator(K, backend, {
      seed,
      oracle: ([d, [U, VT]]) => {
        const diagonal = d.toArray();
        return multiply(rowsOf(U), rowsOf(VT)).flatMap((row, i) => row.map((x, j) => (i === j ? x + (diagonal[i] as number) : x)));
      },
    });
    expect(report.ok, String(report)).toBe(true);
  });

  test("refuses a rank beyond n", () => {
    expect(() => diagonalPlusLowRank([2], 3)).toThrow("lowRank: rank 3 from [2] to [2]; it must be an integer in 1 … 2");
  });
});
