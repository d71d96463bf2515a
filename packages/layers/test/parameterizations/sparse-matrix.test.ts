import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { sparseMatrix, toDense } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

describe("sparseMatrix", () => {
  const cases = fc.record({ m: fc.integer({ min: 1, max: 12 }), n: fc.integer({ min: 1, max: 12 }) }).chain(({ m, n }) =>
    fc.record({
      m: fc.constant(m),
      n: fc.constant(n),
      places: fc.uniqueArray(fc.integer({ min: 0, max: m * n - 1 }), { minLength: 1, maxLength: m * n }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    }),
  );

  property.prop([cases], { numRuns: 40 })(
    "satisfies the laws on sparse and on full patterns, in any order of entries",
    ({ m, n, places, seed }) => {
      const K = sparseMatrix({ numRows: m, numCols: n, rows: places.map((p) => Math.floor(p / n)), cols: places.map((p) => p % n) });
      const oracle = (theta: ArrayLike<number>) => {
        const matrix = new Float64Array(m * n);
        places.forEach((p, k) => {
          matrix[p] = theta[k] as number;
        });
        return matrix;
      };
      const report = checkParameterization(K, backend, { seed, oracle });
      expect(report.ok, String(report)).toBe(true);
    },
  );

  test("θ follows the order in which the entries are listed", () => {
    const K = sparseMatrix({ numRows: 2, numCols: 2, rows: [1, 0, 1], cols: [1, 1, 0] });
    expect(toDense(K, ndarray(backend, [1, 2, 3])).toNested()).toEqual([
      [0, 2],
      [3, 1],
    ]);
  });

  test.each([
    [{ numRows: 2, numCols: 2, rows: [0, 1], cols: [0] }, "sparseMatrix: 2 rows and 1 columns; each entry needs one of each"],
    [{ numRows: 2, numCols: 2, rows: [2], cols: [0] }, "sparseMatrix: entry (2, 0) is outside the matrix; rows are integers in 0 … 1"],
    [{ numRows: 2, numCols: 2, rows: [0, 0], cols: [1, 1] }, "are both at (0, 1)"],
  ])("refuses %j", (entries, message) => {
    expect(() => sparseMatrix(entries)).toThrow(message);
  });
});
