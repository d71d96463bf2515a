import { fc, test as property } from "@fast-check/vitest";
import { ndarray, norm, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { at, convolution, denseMatrix, diagonalMatrix, matrixOperator, plus, product, toDense } from "../../../src/index.js";
import { expectOperator } from "../expect-operator.js";
import { matrix, multiply, sumOf } from "../naive-matrix.js";
import { backend, diagonalOf, expectParametric, rowsOf, vector } from "./expect-laws.js";

const size = fc.integer({ min: 1, max: 4 });

describe("product", () => {
  property.prop([size, size, size, fc.nat(1e6)], { numRuns: 6 })(
    "is the product of the matrices, each with its own parameters",
    (l, m, n, seed) => {
      const A = matrix(m, n, (i, j) => Math.cos(seed + i - 2 * j));
      const K = product([denseMatrix([m], [l]), matrixOperator(A), diagonalMatrix(n)]);
      expect(K.numParams).toBe(l * m + n);
      expectParametric(K, ([B, d]) => multiply(rowsOf(B), multiply(A, diagonalOf(d.toArray()))), seed);
    },
  );

  test("products and sums nest", () => {
    const K = plus(product([diagonalMatrix(2), denseMatrix([2], [2])]), product([denseMatrix([2], [2]), diagonalMatrix(2)]));
    expectParametric(K, ([[a, B], [C, d]]) =>
      sumOf(multiply(diagonalOf(a.toArray()), rowsOf(B)), multiply(rowsOf(C), diagonalOf(d.toArray()))),
    );
  });

  test("a separable kernel: two convolutions along one axis each are one with the outer product as its stencil", () => {
    const options = { channels: 1, boundary: "periodic" as const };
    const K = product([convolution([4, 5, 1], { ...options, kernel: [3, 1] }), convolution([4, 5, 1], { ...options, kernel: [1, 3] })]);
    const full = convolution([4, 5, 1], { ...options, kernel: 3 });
    expectParametric(K, ([u, v]) => {
      const [a, b] = [u.toArray(), v.toArray()];
      const outer = Float64Array.from({ length: 9 }, (_, k) => (a[Math.floor(k / 3)] as number) * (b[k % 3] as number));
      return rowsOf(toDense(full, ndarray(backend, outer, full.thetaShape)));
    });
  });

  test("starts with the variance that one factor would give", () => {
    const K = product([denseMatrix([200], [200]), denseMatrix([200], [200])]);
    const y = ndarray(
      backend,
      Float64Array.from({ length: 200 }, (_, k) => Math.sqrt(2) * Math.sin(k * k)),
      [1, 200],
    );
    const z = K.apply(K.init(rng(1), backend), y);
    expect(norm(z).item() ** 2 / norm(y).item() ** 2).toBeGreaterThan(1.2);
    expect(norm(z).item() ** 2 / norm(y).item() ** 2).toBeLessThan(3);
  });

  test("refuses factors that do not meet, and none", () => {
    expect(() => product([diagonalMatrix(2), diagonalMatrix(3)])).toThrow(
      "composeOperators: diagonalMatrix takes [2], diagonalMatrix gives [3]",
    );
    expect(() => product([])).toThrow("composeOperators: no factors were given");
  });
});

describe("at", () => {
  test("is K at one θ, as a fixed map", () => {
    expectOperator(at(denseMatrix([2], [1]), ndarray(backend, [[3, 4]])), [3, 4]);
    expectOperator(at(product([diagonalMatrix(2), diagonalMatrix(2)]), [vector(2, 3), vector(5, 7)]), [10, 0, 0, 21]);
    expect(at(diagonalMatrix(2), vector(1, 2)).tags).toContain("diagonal");
  });
});
