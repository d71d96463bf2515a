import { fc, test as property } from "@fast-check/vitest";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { at, convolution, denseMatrix, diagonalMatrix, fromEntries, kronecker, symmetricMatrix, toDense } from "../../src/index.js";
import { checkOperator, checkParameterization } from "../../src/laws.js";
import { backend, random } from "../fourier/random.js";

/** (A ⊗ B)[(i, k), (j, l)] = A[i, j] B[k, l], for matrices as lists of rows. */
function naiveKronecker(A: readonly (readonly number[])[], B: readonly (readonly number[])[]): number[][] {
  return A.flatMap((rowA) => B.map((rowB) => rowA.flatMap((a) => rowB.map((b) => a * b))));
}

function rows(flat: ArrayLike<number>, n: number): number[][] {
  return Array.from({ length: flat.length / n }, (_, i) => Array.from({ length: n }, (_, j) => flat[i * n + j]!));
}

const size = fc.integer({ min: 1, max: 4 });

describe("kronecker", () => {
  property.prop([size, size, size, size, fc.boolean(), fc.nat(1e6)], { numRuns: 25 })(
    "satisfies the laws on either side; its matrix is the naive Kronecker matrix",
    (m1, n1, m2, n2, fixedFirst, seed) => {
      const matrix = random(seed, [m1, n1]);
      const A = at(denseMatrix([n1], [m1]), matrix);
      const K = denseMatrix([n2], [m2]);
      const fixed = rows(matrix.toArray(), n1);
      const oracle = (theta: ArrayLike<number>) => {
        const free = rows(theta, n2);
        return (fixedFirst ? naiveKronecker(fixed, free) : naiveKronecker(free, fixed)).flat();
      };
      const report = checkParameterization(fixedFirst ? kronecker(A, K) : kronecker(K, A), backend, { seed, oracle });
      expect(report.ok, String(report)).toBe(true);
    },
  );

  test("axes of both factors stand side by side: each row of an image through K, each column through A", () => {
    const A = at(denseMatrix([2], [3]), random(1, [3, 2]));
    const K = convolution([4, 2], { channels: 3, kernel: 3 });
    const product = kronecker(A, K);
    expect([product.inShape, product.outShape, product.thetaShape]).toEqual([[2, 4, 2], [3, 4, 3], K.thetaShape]);
    expect(checkParameterization(product, backend).ok).toBe(true);
    const other = kronecker(K, A);
    expect([other.inShape, other.outShape]).toEqual([
      [4, 2, 2],
      [4, 3, 3],
    ]);
    expect(checkParameterization(other, backend).ok).toBe(true);
  });

  test("[0 1; 2 0] ⊗ diag(5, 7), and diag(5, 7) ⊗ [0 1; 2 0], by hand", () => {
    const A = at(denseMatrix([2], [2]), ndarray(backend, [0, 1, 2, 0], [2, 2]));
    const theta = ndarray(backend, [5, 7]);
    expect(toDense(kronecker(A, diagonalMatrix(2)), theta).toNested()).toEqual([
      [0, 0, 5, 0],
      [0, 0, 0, 7],
      [10, 0, 0, 0],
      [0, 14, 0, 0],
    ]);
    expect(toDense(kronecker(diagonalMatrix(2), A), theta).toNested()).toEqual([
      [0, 5, 0, 0],
      [10, 0, 0, 0],
      [0, 0, 0, 7],
      [0, 0, 14, 0],
    ]);
  });

  test("a fixed part of K becomes A ⊗ A₀", () => {
    const K = fromEntries({
      rows: 2,
      cols: 2,
      numParams: 1,
      entries: [
        [0, 0, [[0, 1]], 3],
        [1, 0, [], 4],
      ],
    });
    const A = at(denseMatrix([2], [2]), ndarray(backend, [1, 2, 0, 1], [2, 2]));
    const product = kronecker(A, K);
    expect(checkParameterization(product, backend).ok).toBe(true);
    const matrix = naiveKronecker(
      [
        [1, 2],
        [0, 1],
      ],
      [
        [3, 0],
        [4, 0],
      ],
    );
    const report = checkOperator(product.fixedPart!, backend, { matrix: matrix.flat() });
    expect(report.ok, String(report)).toBe(true);
  });

  test("tags of the factors pass on", () => {
    const A = at(symmetricMatrix(2), ndarray(backend, [1, 2, 3]));
    expect(kronecker(A, symmetricMatrix(3)).tags).toContain("symmetric");
    expect(kronecker(A, denseMatrix([3], [3])).tags).toEqual([]);
  });

  test("refuses two fixed or two parametric factors", () => {
    const K = diagonalMatrix(2);
    const A = at(K, random(1, [2]));
    const unchecked = kronecker as (a: unknown, b: unknown) => unknown;
    expect(() => unchecked(K, K)).toThrow(
      "kronecker: diagonalMatrix ⊗ diagonalMatrix; one factor must be fixed and one parametric (kroneckerProduct takes several parametric ones)",
    );
    expect(() => unchecked(A, A)).toThrow("one factor must be fixed and one parametric");
  });
});
