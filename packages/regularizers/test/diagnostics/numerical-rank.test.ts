import { DataError, matmul, ndarray, reshape } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numericalRank } from "../../src/diagnostics/numerical-rank.js";
import { backend, normal } from "../fixtures/trees.js";

describe("numericalRank", () => {
  it("is r for a product of n × r and r × m", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 4, max: 9 }), fc.integer({ min: 4, max: 9 }), (r, m, n) => {
        const Z = matmul(normal(m, m, r), normal(n + 20, r, n));
        const found = numericalRank(Z);
        expect([found.rank, found.singularValues.length, found.shape]).toEqual([r, Math.min(m, n), [m, n]]);
      }),
      { numRuns: 30 },
    );
  });

  it("takes several axes of features as one, and a tolerance of one's own", () => {
    const Z = ndarray(backend, [
      [1, 0],
      [0, 1e-6],
    ]);
    expect([numericalRank(Z).rank, numericalRank(Z, { tolerance: 1e-4 }).rank, numericalRank(Z).condition]).toEqual([2, 1, 1e6]);
    expect(numericalRank(reshape(normal(1, 24), [2, 3, 4])).shape).toEqual([2, 12]);
    expect(String(numericalRank(Z))).toBe(
      ["[2, 2]: rank 2 of 2, condition 1.000e+6", "i         σ      σ/σ₁", "1  1.000e+0  1.000e+0", "2  1.000e-6  1.000e-6"].join("\n"),
    );
  });

  it("refuses a vector", () => {
    expect(() => numericalRank(normal(1, 3))).toThrow("numericalRank: Z has shape [3]; it must be [examples, …features], with entries");
  });

  it("refuses NaN, and says where", () => {
    const Z = ndarray(backend, [
      [1, Number.NaN],
      [2, 3],
    ]);
    expect(() => numericalRank(Z)).toThrow(
      new DataError("numericalRank: Z, [2, 2], has 1 of 4 numbers NaN or infinite, the first at [0, 1]; leave them out, or fill them in"),
    );
    expect(() => numericalRank(ndarray(backend, [[1]]), { tolerance: -1 })).toThrow(
      new RangeError("numericalRank: tolerance is -1; it must be in [0, 1)"),
    );
  });
});
