import { fc, test as property } from "@fast-check/vitest";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import {
  compose,
  composeOperators,
  convolution,
  denseMatrix,
  diagonalMatrix,
  flipOperator,
  identityPlus,
  lowRank,
  matrixOperator,
  permutationOperator,
  strided,
  toDense,
} from "../../../src/index.js";
import { expectOperator } from "../expect-operator.js";
import { matrix, multiply, transposed } from "../naive-matrix.js";
import { backend, diagonalOf, expectParameterization, expectParametric, rows, rowsOf } from "./expect-laws.js";

const size = fc.integer({ min: 1, max: 4 });
const given = (m: number, n: number, seed: number) => matrix(m, n, (i, j) => Math.sin(seed + i + 5 * j * j));

describe("compose", () => {
  property.prop([size, size, size, fc.nat(1e6)], { numRuns: 6 })(
    "A K and K A have K's parameters; their matrix is the product",
    (l, m, n, seed) => {
      const [A, B] = [given(l, m, seed), given(n, l, seed + 1)];
      const K = denseMatrix([n], [m]);
      expectParameterization(compose(matrixOperator(A), K), (theta) => multiply(A, rows(theta, n)), seed);
      expectParameterization(compose(K, matrixOperator(B)), (theta) => multiply(rows(theta, n), B), seed);
      expectOperator(compose(matrixOperator(B), matrixOperator(A)), multiply(B, A).flat());
      const C = given(m, 2, seed + 2);
      expectOperator(composeOperators(matrixOperator(B), matrixOperator(A), matrixOperator(C)), multiply(multiply(B, A), C).flat());
    },
  );

  test("carries the fixed part and the constraint along", () => {
    const A = given(2, 3, 1);
    const K = compose(matrixOperator(A), identityPlus(diagonalMatrix(3)));
    expectParameterization(K, (theta) => multiply(A, diagonalOf(theta.map((t) => 1 + t))));
  });

  test("a map that is not linear in its parameters stays what it is", () => {
    const A = given(2, 3, 1);
    expectParametric(compose(matrixOperator(A), lowRank([4], [3], 2)), ([U, VT]) => multiply(A, multiply(rowsOf(U), rowsOf(VT))));
    expectParametric(compose(lowRank([2], [4], 2), matrixOperator(A)), ([U, VT]) => multiply(multiply(rowsOf(U), rowsOf(VT)), A));
  });

  test("tags pass: reversals are orthogonal, and so is their product with a permutation", () => {
    const P = compose(flipOperator([3]), permutationOperator([3], [1, 2, 0]));
    expect(P.tags).toEqual(["orthogonal"]);
    expectOperator(P, [1, 0, 0, 0, 0, 1, 0, 1, 0]);
  });

  test("refuses shapes that do not meet, and two maps with parameters", () => {
    expect(() => compose(matrixOperator([[1, 2]]), diagonalMatrix(3))).toThrow(
      "composeOperators: matrixOperator takes [2], diagonalMatrix gives [3]; the shapes must agree",
    );
    expect(() => compose(diagonalMatrix(3) as never, diagonalMatrix(3))).toThrow(
      "compose: both diagonalMatrix and diagonalMatrix have parameters; product([…])",
    );
    expect(() => composeOperators()).toThrow("composeOperators: no factors were given");
  });
});

describe("strided", () => {
  property.prop([fc.integer({ min: 3, max: 6 }), fc.integer({ min: 3, max: 5 }), fc.integer({ min: 1, max: 3 }), fc.nat(1e6)], {
    numRuns: 4,
  })("restriction after K is the convolution with a stride of its own", (n, m, stride, seed) => {
    const options = { channels: 2, kernel: 3, boundary: "reflect" as const };
    const K = strided(convolution([n, m, 1], options), stride);
    const direct = convolution([n, m, 1], { ...options, stride });
    expectParameterization(K, (theta) => rowsOf(toDense(direct, ndarray(backend, theta, direct.thetaShape))), seed);
  });

  test("a diagonal matrix with stride 2, by hand", () => {
    expectParameterization(strided(diagonalMatrix(3), 2), ([a, , c]) => [
      [a as number, 0, 0],
      [0, 0, c as number],
    ]);
    expectParametric(strided(lowRank([2], [3], 1), 2), ([U, VT]) => multiply(rowsOf(U), rowsOf(VT)).filter((_, i) => i !== 1));
    expectOperator(strided(matrixOperator(transposed([[1, 2, 3]])), 2), [1, 3]);
  });
});
