import { fc, test as property } from "@fast-check/vitest";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import {
  applyBlocks,
  applyBlocksTranspose,
  convolution,
  denseMatrix,
  identityPlus,
  lowerTriangular,
  lowRank,
  matrixOperator,
  mMatrix,
  scale,
  toDense,
  transposeOf,
} from "../../../src/index.js";
import { expectOperator } from "../expect-operator.js";
import { multiply, transposed } from "../naive-matrix.js";
import { backend, expectParameterization, expectParametric, rows, rowsOf } from "./expect-laws.js";

const size = fc.integer({ min: 1, max: 4 });

describe("transposeOf", () => {
  property.prop([size, size, fc.nat(1e6)], { numRuns: 6 })("is the transposed matrix with the same parameters", (m, n, seed) => {
    expectParameterization(transposeOf(denseMatrix([n], [m])), (theta) => transposed(rows(theta, n)), seed);
    const A = rows(
      Array.from({ length: m * n }, (_, k) => Math.sin(seed + k)),
      n,
    );
    expectOperator(transposeOf(matrixOperator(A)), transposed(A).flat());
  });

  test("of a convolution with a stride, of a low-rank map, of an affine one", () => {
    const K = convolution([5, 2], { channels: 3, kernel: 3, stride: 2 });
    expectParameterization(transposeOf(K), (theta) => transposed(rowsOf(toDense(K, ndarray(backend, theta, K.thetaShape)))));
    expectParametric(transposeOf(lowRank([3], [2], 1)), ([U, VT]) => transposed(multiply(rowsOf(U), rowsOf(VT))));
    expectParameterization(transposeOf(identityPlus(denseMatrix([2], [2]))), ([a, b, c, d]) => [
      [1 + (a as number), c as number],
      [b as number, 1 + (d as number)],
    ]);
  });

  test("turns triangular tags round, and the block form", () => {
    const tags = transposeOf(lowerTriangular(3)).tags;
    expect(tags).toContain("upperTriangular");
    expect(tags).not.toContain("lowerTriangular");
    const K = transposeOf(convolution([4, 2], { channels: 2, kernel: 3, boundary: "periodic" }));
    const theta = ndarray(
      backend,
      Float64Array.from({ length: 12 }, (_, k) => Math.sin(k * k)),
      K.thetaShape,
    );
    const y = ndarray(
      backend,
      Float64Array.from({ length: 8 }, (_, k) => Math.cos(k)),
      [1, 4, 2],
    );
    const form = K.blockForm;
    if (!form) throw new Error("a periodic convolution has a block form, and so has its transpose");
    const [forward, backward] = [applyBlocks(form, theta, y).toArray(), applyBlocksTranspose(form, theta, y).toArray()];
    K.apply(theta, y)
      .toArray()
      .forEach((x, k) => expect(forward[k]).toBeCloseTo(x, 12));
    K.applyTranspose(theta, y)
      .toArray()
      .forEach((x, k) => expect(backward[k]).toBeCloseTo(x, 12));
  });
});

describe("scale", () => {
  property.prop([size, size, fc.constantFrom(-2, 0, 0.5), fc.nat(1e6)], { numRuns: 6 })("is c K", (m, n, c, seed) => {
    expectParameterization(scale(c, denseMatrix([n], [m])), (theta) => rows(theta, n).map((row) => row.map((x) => c * x)), seed);
  });

  test("also of what is affine, of low rank, or fixed", () => {
    expectParameterization(scale(3, identityPlus(denseMatrix([1], [1]))), ([t]) => [[3 + 3 * (t as number)]]);
    expectParametric(scale(-1, lowRank([2], [2], 1)), ([U, VT]) => multiply(rowsOf(U), rowsOf(VT)).map((row) => row.map((x) => -x)));
    expectOperator(scale(2, matrixOperator([[1, 2]])), [2, 4]);
  });

  test("a positive factor keeps an M-matrix, a negative one does not", () => {
    expect(scale(2, mMatrix(3)).tags).toContain("mMatrix");
    expect(scale(-2, mMatrix(3)).tags ?? []).not.toContain("mMatrix");
  });

  test("refuses factors that are not numbers", () => {
    expect(() => scale(Number.NaN, denseMatrix([1], [1]))).toThrow("scale: the factor is NaN; it must be a finite number");
  });
});
