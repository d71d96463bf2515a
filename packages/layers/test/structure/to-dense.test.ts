import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { grad, mul, ndarray, rng, sum } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { convolution, denseMatrix, mMatrix, type ParametricOperator, toDense } from "../../src/index.js";

const backend = cpu("float64");
const normal = (seed: number, shape: readonly number[]) =>
  ndarray(backend, Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, rng(seed).normal), shape);

describe("toDense", () => {
  property.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 1e6 })], { numRuns: 25 })(
    "of a dense matrix it is θ, to the bit",
    (n, m, seed) => {
      const theta = normal(seed, [m, n]);
      expect(toDense(denseMatrix([n], [m]), theta).toArray()).toEqual(theta.toArray());
    },
  );

  property.prop([fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 1e6 })], { numRuns: 25 })(
    "is the same from the entries and by probing",
    (n, seed) => {
      const { entries: _, ...blind } = mMatrix(n);
      const theta = normal(seed, [n * (n - 1)]);
      expect(toDense(blind, theta).toArray()).toEqual(toDense(mMatrix(n), theta).toArray());
    },
  );

  test("in several chunks", () => {
    // 1100 columns of 1100 rows: 953 unit vectors fit into one chunk.
    const K = convolution([1100, 1], { channels: 1, kernel: 3 });
    const dense = Array.from(toDense(K, ndarray(backend, [1, 2, 3], [3, 1, 1])).toArray());
    expect(
      [0, 951, 952, 953, 954, 1099].map((i) => [i - 1, i, i + 1].map((j) => (j >= 0 && j < 1100 ? dense[i * 1100 + j] : null))),
    ).toEqual([
      [null, 2, 1],
      [3, 2, 1],
      [3, 2, 1],
      [3, 2, 1],
      [3, 2, 1],
      [3, 2, null],
    ]);
    expect(dense.reduce((s, x) => s + x, 0)).toBe(2 * 1100 + 1099 + 3 * 1099);
  });

  test.each([
    ["from entries", mMatrix(3)],
    ["by probing", (({ entries: _, ...blind }) => blind)(mMatrix(3))],
  ] as const)("is differentiable in θ %s: the gradient of ⟨W, K(θ)⟩ is Qᵀ vec(W)", (_, K) => {
    const W = ndarray(backend, [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    const gradient = grad((theta: typeof W) => sum(mul(W, toDense(K, theta))))(normal(1, [6]));
    // θ₁: W₁₁ − W₁₂, θ₂: W₁₁ − W₁₃, …
    expect(gradient.toNested()).toEqual([-1, -2, 1, -1, 2, 1]);
  });

  test("refuses θ without arrays, as there is no backend to compute on", () => {
    const empty: ParametricOperator<Record<string, never>> = {
      name: "identity",
      inShape: [2],
      outShape: [2],
      numParams: 0,
      apply: (_, y) => y,
      applyTranspose: (_, z) => z,
      init: () => ({}),
    };
    expect(() => toDense(empty, {})).toThrow("toDense: θ of identity holds no array");
  });
});
