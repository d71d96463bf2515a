import { fc, test as property } from "@fast-check/vitest";
import { ndarray, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import {
  antisymmetricMatrix,
  denseMatrix,
  diagonalMatrix,
  identityOperator,
  identityPlus,
  lowRank,
  matrixOperator,
  mMatrix,
  plus,
  symmetricMatrix,
} from "../../../src/index.js";
import { expectOperator } from "../expect-operator.js";
import { matrix, multiply, sumOf } from "../naive-matrix.js";
import { backend, diagonalOf, expectParameterization, expectParametric, rows, rowsOf, vector } from "./expect-laws.js";

const size = fc.integer({ min: 1, max: 4 });
const given = (n: number, seed: number) => matrix(n, n, (i, j) => Math.sin(seed + i + 5 * j * j));

describe("plus", () => {
  property.prop([size, fc.nat(1e6)], { numRuns: 8 })("θ is one after the other; fixed terms are the fixed part", (n, seed) => {
    const A = given(n, seed);
    const K = plus(denseMatrix([n], [n]), matrixOperator(A), diagonalMatrix(n));
    expect(K.thetaShape).toEqual([n * n + n]);
    expectParameterization(K, (theta) => sumOf(sumOf(rows(theta.slice(0, n * n), n), A), diagonalOf(theta.slice(n * n))), seed);
    const one = plus(matrixOperator(A), denseMatrix([n], [n]));
    expect(one.thetaShape).toEqual([n, n]);
    expectParameterization(one, (theta) => sumOf(A, rows(theta, n)), seed);
    expectOperator(
      plus(matrixOperator(A), identityOperator([n])),
      sumOf(
        A,
        given(n, seed).map((row, i) => row.map((_, j) => (i === j ? 1 : 0))),
      ).flat(),
    );
  });

  test("split and join are inverse, in the shapes of the parts", () => {
    const K = plus(denseMatrix([2], [2]), diagonalMatrix(2));
    const theta = vector(1, 2, 3, 4, 5, 6);
    const parts = K.split(theta);
    expect(parts.map((part) => part.toNested())).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [5, 6],
    ]);
    expect(K.join(parts).toNested()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("with a term that is not linear in its parameters, these are a list", () => {
    const K = plus(diagonalMatrix(3), lowRank([3], [3], 1), identityOperator([3]));
    expect(K.numParams).toBe(9);
    expectParametric(K, ([d, [U, VT]]) => sumOf(diagonalOf(Array.from(d.toArray(), (t) => 1 + t)), multiply(rowsOf(U), rowsOf(VT))));
  });

  test("each part meets its own constraint", () => {
    const K = plus(diagonalMatrix(2), mMatrix(2));
    expect(K.constraint?.name).toBe("part 1: θ ≥ 0");
    const theta = vector(-1, -2, -3, 4);
    expect(K.constraint?.holds(theta)).toBe(false);
    const projected = K.constraint?.project(theta);
    expect(projected?.toNested()).toEqual([-1, -2, 0, 4]);
    expect(projected && K.constraint?.holds(projected)).toBe(true);
    const inside = vector(-1, -2, 3, 4);
    const back = K.constraint?.fromFree(K.constraint.toFree(inside)).toArray();
    inside.toArray().forEach((x, k) => expect(back?.[k]).toBeCloseTo(x, 12));
    expect(K.constraint?.holds(K.init(rng(1), backend))).toBe(true);
  });

  test("starts with the variance of one term", () => {
    const K = plus(denseMatrix([100], [100]), denseMatrix([100], [100]));
    const theta = Array.from(K.init(rng(2), backend).toArray());
    expect(theta.reduce((s, t) => s + t * t, 0) / theta.length).toBeCloseTo(1 / 100, 3);
  });

  test("tags pass where all terms have them", () => {
    expect(plus(diagonalMatrix(3), symmetricMatrix(3)).tags).toContain("symmetric");
    expect(plus(diagonalMatrix(3), antisymmetricMatrix(3)).tags ?? []).not.toContain("symmetric");
  });

  test("refuses other shapes, and nothing", () => {
    expect(() => plus(diagonalMatrix(3), diagonalMatrix(2))).toThrow(
      "sumOperators: diagonalMatrix maps [3] to [3], diagonalMatrix maps [2] to [2]; the shapes must agree",
    );
    expect(() => plus()).toThrow("sumOperators: no terms were given");
  });
});

describe("identityPlus", () => {
  property.prop([size, fc.nat(1e6)], { numRuns: 6 })("is I + K, with A₀ = I", (n, seed) => {
    const K = identityPlus(denseMatrix([n], [n]));
    expectParameterization(K, (theta) => rows(theta, n).map((row, i) => row.map((x, j) => (i === j ? 1 + x : x))), seed);
    expectOperator(
      identityPlus(matrixOperator(given(n, seed))),
      sumOf(
        given(n, seed),
        matrix(n, n, (i, j) => (i === j ? 1 : 0)),
      ).flat(),
    );
  });

  test("of a low-rank map, and of blocks that are known", () => {
    expectParametric(identityPlus(lowRank([2], [2], 1)), ([U, VT]) => sumOf(diagonalOf([1, 1]), multiply(rowsOf(U), rowsOf(VT))));
    const K = identityPlus(diagonalMatrix(2));
    expect(K.blockForm?.blocks(vector(3, 5)).toNested()).toEqual([
      [[[4]], [[6]]],
      [[[0]], [[0]]],
    ]);
    expect(K.tags).toContain("diagonal");
  });

  test("refuses a map between two shapes", () => {
    expect(() => identityPlus(denseMatrix([2], [3]))).toThrow("identityPlus: denseMatrix maps [2] to [3]; only a map of a shape to itself");
  });

  test("the fixed part takes no part in the derivative in θ", () => {
    const K = identityPlus(diagonalMatrix(2));
    const [y, z] = [ndarray(backend, [[2, 3]]), ndarray(backend, [[5, 7]])];
    expect(K.jacobianTranspose(y, z).toNested()).toEqual([10, 21]);
  });
});
