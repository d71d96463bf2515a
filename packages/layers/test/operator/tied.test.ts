import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { convolution, denseMatrix, diagonalMatrix, type LinearOperator, nonNegative, tied, toDense } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

describe("tied", () => {
  property.prop(
    [fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 1e6 })],
    {
      numRuns: 15,
    },
  )("satisfies the laws; its matrix is that of θ = Sη", (m, n, q, seed) => {
    const stream = rng(seed);
    const S = Array.from({ length: m * n }, () => Array.from({ length: q }, () => stream.normal()));
    const oracle = (eta: ArrayLike<number>) => S.map((row) => row.reduce((sum, s, k) => sum + s * eta[k]!, 0));
    const report = checkParameterization(tied(denseMatrix([n], [m]), S), backend, { seed, oracle });
    expect(report.ok, String(report)).toBe(true);
  });

  test("by hand: a Toeplitz 2 × 2 from a dense one", () => {
    const K = tied(denseMatrix([2], [2]), [
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
    ]);
    const eta = ndarray(backend, [1, 2, 3]);
    expect(toDense(K, eta).toNested()).toEqual([
      [2, 1],
      [3, 2],
    ]);
    // Σ z yᵀ = [2 20; 3 30]: the diagonal's parts add to 32.
    expect(K.jacobianTranspose(ndarray(backend, [[1, 10]]), ndarray(backend, [[2, 3]])).toNested()).toEqual([20, 32, 3]);
  });

  test("takes an operator for S, with its shape of η, and keeps K's block form and tags", () => {
    const twice: LinearOperator = {
      name: "twice",
      inShape: [3, 1, 1],
      outShape: [3, 1, 1],
      apply: (eta) =>
        ndarray(
          eta.backend,
          eta.toArray().map((x: number) => 2 * x),
          eta.shape,
        ),
      applyTranspose: (theta) =>
        ndarray(
          theta.backend,
          theta.toArray().map((x: number) => 2 * x),
          theta.shape,
        ),
    };
    const K = convolution([4, 1], { channels: 1, kernel: 3, boundary: "periodic" });
    const half = tied(K, twice);
    const eta = ndarray(backend, [0.5, 1, 1.5], [3, 1, 1]);
    const theta = ndarray(backend, [1, 2, 3], [3, 1, 1]);
    expect(half.thetaShape).toEqual([3, 1, 1]);
    expect(toDense(half, eta).toNested()).toEqual(toDense(K, theta).toNested());
    expect(half.tags ?? []).toEqual(K.tags ?? []);
    expect(half.blockForm?.blocks(eta).toNested()).toEqual(K.blockForm?.blocks(theta).toNested());
    expect(tied(diagonalMatrix(2), [[1], [1]]).tags).toEqual(diagonalMatrix(2).tags);
  });

  test("starts within the constraint, with K(η)y of twice the variance of y", () => {
    const S = Array.from({ length: 400 }, (_, i) => Array.from({ length: 100 }, (_, k) => (i % 100 === k ? 3 : 0)));
    const K = tied(denseMatrix([20], [20]), S);
    const y = ndarray(
      backend,
      Float64Array.from({ length: 4000 }, (_, i) => Math.sqrt(2) * Math.sin(i * i)),
      [200, 20],
    );
    const z = K.apply(K.init(rng(1), backend), y).toArray();
    expect(Math.abs([...z].reduce((s, x) => s + x * x, 0) / z.length - 2)).toBeLessThan(0.6);
    const positive = tied(denseMatrix([2], [2]), [[1], [1], [1], [1]], { constraint: nonNegative });
    expect(nonNegative.holds(positive.init(rng(2), backend))).toBe(true);
  });

  test.each([
    [[[1, 2], [3]], "tied denseMatrix: row 1 of S has 1 numbers, row 0 has 2; all must have as many"],
    [[[1], [1]], "tied denseMatrix: S is 2 × 1; it must have one row for each of the 4 entries of θ, and a column or more"],
    [[[], [], [], []], "S is 4 × 0"],
  ])("refuses S = %j", (S, message) => {
    expect(() => tied(denseMatrix([2], [2]), S)).toThrow(message);
  });

  test("refuses an operator that leads elsewhere", () => {
    const S: LinearOperator = { name: "S", inShape: [3], outShape: [4], apply: (x) => x, applyTranspose: (x) => x };
    expect(() => tied(denseMatrix([2], [2]), S)).toThrow("S leads from [3] to [4]; it must lead to θ of denseMatrix, [2, 2]");
  });
});
