import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { antisymmetricMatrix, matrixQ, parameterRank, toDense } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

/** Walks the upper triangle and counts. */
function naive(n: number) {
  return (theta: ArrayLike<number>) => {
    const matrix = new Float64Array(n * n);
    let k = 0;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        matrix[i * n + j] = theta[k] as number;
        matrix[j * n + i] = -(theta[k++] as number);
      }
    }
    return matrix;
  };
}

describe("antisymmetricMatrix", () => {
  property.prop([fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 1e6 })], { numRuns: 25 })(
    "satisfies the laws; its matrix is the upper triangle and its negative; Q has full column rank",
    (n, seed) => {
      const K = antisymmetricMatrix(n);
      const report = checkParameterization(K, backend, { seed, oracle: naive(n) });
      expect(report.ok, String(report)).toBe(true);
      expect(K.numParams).toBe((n * (n - 1)) / 2);
      expect(parameterRank(matrixQ(K)).rank).toBe(K.numParams);
    },
  );

  test("the lecture's 3×3", () => {
    const theta = ndarray(backend, [1, 2, 3]);
    expect(toDense(antisymmetricMatrix(3), theta).toNested()).toEqual([
      [0, 1, 2],
      [-1, 0, 3],
      [-2, -3, 0],
    ]);
  });

  test("Q of the lecture's 3×3, 9×3 for the column-major vec", () => {
    const Q = matrixQ(antisymmetricMatrix(3));
    const dense = Array.from({ length: 9 }, () => [0, 0, 0]);
    Q.values.forEach((value, t) => {
      (dense[Q.rows[t] as number] as number[])[Q.cols[t] as number] = value;
    });
    expect(dense).toEqual([
      [0, 0, 0],
      [-1, 0, 0],
      [0, -1, 0],
      [1, 0, 0],
      [0, 0, 0],
      [0, 0, -1],
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, 0],
    ]);
  });

  test("takes the shape of a grid as one vector, row-major", () => {
    const K = antisymmetricMatrix([2, 2, 1]);
    expect(K.apply(ndarray(backend, [1, 0, 0, 0, 0, 0]), ndarray(backend, [5, 7, 0, 0], [1, 2, 2, 1])).toNested()).toEqual([
      [
        [[7], [-5]],
        [[0], [0]],
      ],
    ]);
  });

  test.each([
    [0, "antisymmetricMatrix: the size is 0; it must be a positive integer"],
    [2.5, "antisymmetricMatrix: the size is 2.5"],
    [[3, 0], "antisymmetricMatrix: the size is [3, 0]"],
  ] as const)("refuses the size %j", (size, message) => {
    expect(() => antisymmetricMatrix(size)).toThrow(message);
  });

  test("names itself when arrays do not fit", () => {
    const K = antisymmetricMatrix(3);
    expect(() => K.apply(ndarray(backend, [1, 2]), ndarray(backend, [[1, 2, 3]]))).toThrow(
      "antisymmetricMatrix.apply: theta is [2]; it must be [3]",
    );
    expect(() => K.apply(ndarray(backend, [1, 2, 3]), ndarray(backend, [1, 2, 3]))).toThrow(
      "antisymmetricMatrix.apply: y is [3]; it must be [examples, 3]",
    );
  });
});
