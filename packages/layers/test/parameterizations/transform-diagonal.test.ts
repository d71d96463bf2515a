import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import {
  applyBlocks,
  daubechies,
  dctDiagonal,
  haar,
  matrixOperator,
  type Parameterization,
  toDense,
  transformDiagonal,
  waveletDiagonal,
} from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";
import { alongAll, identity, type Matrix, matrix, multiply, transposed } from "../operator/naive-matrix.js";

const backend = cpu("float64");

/** The laws hold, and the matrix is Wᵀ diag(θ) W for W written out. */
function expectDiagonalUnder(K: Parameterization, W: Matrix, seed = 1): void {
  const oracle = (theta: ArrayLike<number>) =>
    multiply(
      transposed(W),
      W.map((row, i) => row.map((w) => (theta[i] as number) * w)),
    ).flat();
  const report = checkParameterization(K, backend, { seed, oracle });
  expect(report.ok, String(report)).toBe(true);
}

function squared(flat: readonly number[]): Matrix {
  const n = Math.sqrt(flat.length);
  return matrix(n, n, (i, j) => flat[i * n + j] as number);
}

const cosines = (n: number) => matrix(n, n, (k, j) => Math.sqrt((k === 0 ? 1 : 2) / n) * Math.cos((Math.PI * (2 * j + 1) * k) / (2 * n)));

/** One level of a periodic transform: means in the first half of the rows, details in the second. */
const wavelets = (n: number, h: readonly number[]) =>
  matrix(n, n, (row, j) => {
    const [i, isDetail] = [row % (n / 2), row >= n / 2];
    const g = h.map((_, k) => (isDetail ? (-1) ** k * (h[h.length - 1 - k] as number) : (h[k] as number)));
    return g.reduce((s, c, k) => s + ((2 * i + k) % n === j ? c : 0), 0);
  });

describe("diagonal under an orthogonal transform", () => {
  property.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 2 }), fc.nat(1e6)], {
    numRuns: 8,
  })("dctDiagonal is Cᵀ diag(θ) C, on grids with channels", (n, m, channels, seed) => {
    expectDiagonalUnder(dctDiagonal([n, m, channels]), squared(alongAll([cosines(n), cosines(m), identity(channels)])), seed);
  });

  property.prop([fc.constantFrom(haar, daubechies(2), daubechies(4)), fc.integer({ min: 1, max: 2 }), fc.nat(1e6)], { numRuns: 5 })(
    "waveletDiagonal is Wᵀ diag(θ) W, on grids with channels",
    (family, channels, seed) => {
      const W = squared(alongAll([wavelets(4, family.lowPass), wavelets(2, family.lowPass), identity(channels)]));
      expectDiagonalUnder(waveletDiagonal([4, 2, channels], { family }), W, seed);
    },
  );

  test("Haar on two points by hand: [(θ₁ + θ₂)/2, (θ₁ − θ₂)/2; …]", () => {
    const found = toDense(waveletDiagonal([2]), ndarray(backend, [7, 3])).toArray();
    [5, 2, 2, 5].forEach((x, k) => expect(found[k]).toBeCloseTo(x, 14));
  });

  test("θ are the eigenvalues: the block form is θ itself, and θ = 1 is the identity", () => {
    const K = waveletDiagonal([8], { family: daubechies(3), levels: 2 });
    const theta = ndarray(backend, [1, 2, 3, 4, 5, 6, 7, 8]);
    const form = K.blockForm;
    if (!form) throw new Error("a diagonal under an orthogonal transform has a block form");
    expect(Array.from(form.blocks(theta).toArray()).slice(0, 8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const y = ndarray(backend, [[3, 1, 4, 1, 5, 9, 2, 6]]);
    const byForm = applyBlocks(form, theta, y).toArray();
    K.apply(theta, y)
      .toArray()
      .forEach((x, k) => expect(byForm[k]).toBeCloseTo(x, 12));
    const same = K.apply(ndarray(backend, new Array<number>(8).fill(1)), y).toArray();
    y.toArray().forEach((x, k) => expect(same[k]).toBeCloseTo(x, 13));
    expect(K.tags).toEqual(["symmetric"]);
  });

  test("a transform of your own, if it is orthogonal", () => {
    const rotation = [
      [0.6, 0.8],
      [-0.8, 0.6],
    ];
    expectDiagonalUnder(transformDiagonal(matrixOperator(rotation, { tags: ["orthogonal"] })), rotation);
    expect(() => transformDiagonal(matrixOperator(rotation))).toThrow(
      "transformDiagonal: matrixOperator maps [2] to [2], with tags []; it must be square and tagged orthogonal",
    );
  });

  test("refuse grids that do not halve, and axes that are not there", () => {
    expect(() => waveletDiagonal([6, 1], { levels: 2 })).toThrow("wavelet: axis 0 of [6, 1] has 6 entries");
    expect(() => dctDiagonal([6, 1], { axes: 2 })).toThrow("dct: axis 2 is outside");
  });
});
