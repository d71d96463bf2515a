import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { identityOperator, matrixOperator, permutationOperator, sparseOperator, zeroOperator } from "../../src/index.js";
import { expectOperator } from "./expect-operator.js";
import { identity, matrix } from "./naive-matrix.js";

const size = fc.integer({ min: 1, max: 5 });

describe("matrices given by their entries", () => {
  property.prop([size, size, fc.nat(1e6)], { numRuns: 20 })("matrixOperator and sparseOperator are the matrix", (m, n, seed) => {
    const A = matrix(m, n, (i, j) => Math.round(5 * Math.sin(seed + 3 * i + 7 * j)));
    expectOperator(matrixOperator(A), A.flat());
    expectOperator(matrixOperator(ndarray(cpu("float64"), A)), A.flat());
    // Entries from the last to the first, zeros left out.
    const entries = A.flatMap((row, i) => row.map((value, j) => ({ i, j, value }))).filter((e) => e.value !== 0);
    entries.reverse();
    const sparse = {
      numRows: m,
      numCols: n,
      rows: entries.map((e) => e.i),
      cols: entries.map((e) => e.j),
      values: entries.map((e) => e.value),
    };
    expectOperator(sparseOperator(sparse), A.flat());
  });

  test("shapes are row-major", () => {
    const A = matrix(2, 6, (i, j) => 10 * i + j);
    expectOperator(matrixOperator(A, { inShape: [2, 3], outShape: [1, 2] }), A.flat());
  });

  property.prop([fc.integer({ min: 1, max: 6 }), fc.nat(1e6)], { numRuns: 15 })("permutationOperator takes y from order[k]", (n, seed) => {
    const order = Array.from({ length: n }, (_, k) => k).sort((a, b) => Math.sin(seed + a * a) - Math.sin(seed + b * b));
    expectOperator(permutationOperator([n], order), matrix(n, n, (i, j) => (j === order[i] ? 1 : 0)).flat());
  });

  test("identity and zero", () => {
    expectOperator(identityOperator([2, 2]), identity(4).flat());
    expectOperator(zeroOperator([2], [3]), new Array<number>(6).fill(0));
  });

  test("a wrong tag on a given matrix is found", () => {
    expect(() =>
      expectOperator(
        matrixOperator(
          [
            [1, 2],
            [3, 4],
          ],
          { tags: ["symmetric"] },
        ),
        [1, 2, 3, 4],
      ),
    ).toThrow("symmetric is wrong");
  });

  test.each([
    [() => matrixOperator([[1, 2], [3]]), "matrixOperator: the matrix has rows of 2, 1 numbers; it must have rows and columns, [m, n]"],
    [() => matrixOperator(ndarray(cpu("float64"), [1, 2])), "matrixOperator: the matrix has shape [2]"],
    [() => matrixOperator([[1, 2]], { inShape: [3] }), "matrixOperator: inShape is [3] for a matrix [1, 2]; it must have 2 entries"],
    [() => sparseOperator({ numRows: 1, numCols: 1, rows: [0], cols: [0], values: [] }), "sparseOperator: 0 values for 1 entries"],
    [
      () => sparseOperator({ numRows: 1, numCols: 1, rows: [0], cols: [0], values: [1] }, { outShape: [2] }),
      "sparseOperator: outShape is [2] for a matrix [1, 1]; it must have 1 entries",
    ],
    [() => permutationOperator([2], [0]), "permutationOperator: 1 entries in the order of [2]; there must be 2"],
    [() => permutationOperator([2], [1, 1]), "permutationOperator: order[1] is 1; each of 0 … 1 must stand there once"],
  ])("refuses what is not one: %#", (make, message) => {
    expect(make).toThrow(message);
  });
});
