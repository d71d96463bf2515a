import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { symmetricMatrix, toDense } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

function naive(n: number) {
  return (theta: ArrayLike<number>) => {
    const matrix = new Float64Array(n * n);
    let k = 0;
    for (let i = 0; i < n; i++) {
      for (let j = i; j < n; j++) {
        matrix[i * n + j] = theta[k] as number;
        matrix[j * n + i] = theta[k++] as number;
      }
    }
    return matrix;
  };
}

describe("symmetricMatrix", () => {
  property.prop([fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 1e6 })], { numRuns: 25 })(
    "satisfies the laws; its matrix is the upper triangle mirrored",
    (n, seed) => {
      const report = checkParameterization(symmetricMatrix(n), backend, { seed, oracle: naive(n) });
      expect(report.ok, String(report)).toBe(true);
    },
  );

  test("a 3×3 by hand", () => {
    const K = toDense(symmetricMatrix(3), ndarray(backend, [1, 2, 3, 4, 5, 6]));
    expect(K.toNested()).toEqual([
      [1, 2, 3],
      [2, 4, 5],
      [3, 5, 6],
    ]);
  });

  test("refuses an empty size", () => {
    expect(() => symmetricMatrix(-1)).toThrow("symmetricMatrix: the size is -1; it must be a positive integer");
  });
});
