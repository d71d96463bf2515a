import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { bandedMatrix, denseMatrix, fromEntries, mMatrix, toDense } from "../../src/index.js";
import { toSparse } from "../../src/mathjs.js";

const backend = cpu("float64");

describe("toSparse", () => {
  property.prop(
    [fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 1e6 })],
    { numRuns: 30 },
  )("holds the numbers of K(θ)", (n, lower, upper, seed) => {
    const K = bandedMatrix(n, { lower, upper });
    const theta = K.init(rng(seed), backend);
    const sparse = toSparse(K, theta);
    expect(sparse.storage()).toBe("sparse");
    expect(sparse.toArray()).toEqual(toDense(K, theta).toNested());
  });

  test("by columns, with row indices in order, constants included", () => {
    const K = fromEntries({
      rows: 2,
      cols: 3,
      numParams: 1,
      entries: [
        [1, 0, [[0, 2]]],
        [0, 2, [[0, 1]], 5],
        [0, 0, [], 7],
      ],
    });
    expect(toSparse(K, ndarray(backend, [3])).toJSON()).toMatchObject({
      values: [7, 6, 8],
      index: [0, 1, 0],
      ptr: [0, 2, 2, 3],
      size: [2, 3],
    });
  });

  test("leaves zeros out of a matrix that does not say its entries", () => {
    const sparse = toSparse(
      denseMatrix([2], [2]),
      ndarray(backend, [
        [0, 4],
        [0, 0],
      ]),
    );
    expect(sparse.toJSON()).toMatchObject({ values: [4], index: [0], ptr: [0, 0, 1], size: [2, 2] });
  });

  test("mathjs can compute with it", () => {
    const laplacian = toSparse(mMatrix(2), ndarray(backend, [1, 2]));
    expect(laplacian.get([1, 0])).toBe(-2);
    expect(laplacian.map((x: number) => 2 * x).toArray()).toEqual([
      [2, -2],
      [-4, 4],
    ]);
  });
});
