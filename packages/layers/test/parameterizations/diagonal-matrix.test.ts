import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, reshape, type Value } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { diagonalMatrix, matrixQ } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";
import type { BlockForm } from "../../src/structure/block-form.js";

const backend = cpu("float64");

describe("diagonalMatrix", () => {
  property.prop([fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 1e6 })], {
    numRuns: 25,
  })("satisfies the laws on any grid; its matrix has θ on the diagonal", (shape, seed) => {
    const K = diagonalMatrix(shape);
    const n = K.numParams;
    const report = checkParameterization(K, backend, {
      seed,
      oracle: (theta) => Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? (theta[k / (n + 1)] as number) : 0)),
    });
    expect(report.ok, String(report)).toBe(true);
  });

  test("its blocks are its entries, in the basis of the unit vectors", () => {
    const K = diagonalMatrix([2, 2]);
    const form = K.blockForm as BlockForm<Value>;
    const theta = ndarray(backend, [
      [1, 2],
      [3, 4],
    ]);
    expect([form.numBlocks, form.numIn, form.numOut, form.isReal]).toEqual([4, 1, 1, true]);
    expect(reshape(form.blocks(theta), [8]).toNested()).toEqual([1, 2, 3, 4, 0, 0, 0, 0]);
  });

  test("Q picks every (n + 1)-th entry of vec", () => {
    const Q = matrixQ(diagonalMatrix(3));
    expect([[...Q.rows], [...Q.cols], [...Q.values]]).toEqual([
      [0, 4, 8],
      [0, 1, 2],
      [1, 1, 1],
    ]);
  });

  test("by hand", () => {
    const K = diagonalMatrix(2);
    expect(
      K.apply(
        ndarray(backend, [2, 3]),
        ndarray(backend, [
          [1, 10],
          [5, 0],
        ]),
      ).toNested(),
    ).toEqual([
      [2, 30],
      [10, 0],
    ]);
    expect(
      K.jacobianTranspose(
        ndarray(backend, [
          [1, 10],
          [5, 0],
        ]),
        ndarray(backend, [
          [1, 1],
          [2, 2],
        ]),
      ).toNested(),
    ).toEqual([11, 10]);
  });

  test("refuses an empty grid, and θ of another shape, which would broadcast", () => {
    expect(() => diagonalMatrix([3, 0])).toThrow("diagonalMatrix: the size is [3, 0]; it must be a positive integer, or a shape of them");
    expect(() => diagonalMatrix(2).apply(ndarray(backend, [2]), ndarray(backend, [[1, 2]]))).toThrow(
      "diagonalMatrix.apply: theta is [1]; it must be [2]",
    );
  });
});
