import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, rng, sum } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { denseMatrix, singularValues } from "../../../src/index.js";
import { bidiagonalSingularValues } from "../../../src/structure/numeric/bidiagonal-singular-values.js";
import { jacobiSvd } from "../../../src/structure/numeric/jacobi-svd.js";

const matrix = (rows: number, cols: number, entry: (i: number, j: number) => number) => ({
  rows,
  cols,
  re: Float64Array.from({ length: rows * cols }, (_, at) => entry(Math.floor(at / cols), at % cols)),
  im: new Float64Array(rows * cols),
  isReal: true,
});

describe("bidiagonalSingularValues", () => {
  test("by hand: a diagonal, a rank-one matrix, zeros, one entry", () => {
    expect(
      Array.from(bidiagonalSingularValues(matrix(3, 3, (i, j) => (i === j ? -(i + 1) : 0)))).map((x) => Number(x.toFixed(14))),
    ).toEqual([3, 2, 1]);
    // [1 2; 2 4] = 5 u uᵀ
    expect(Array.from(bidiagonalSingularValues(matrix(2, 2, (i, j) => (i + 1) * (j + 1)))).map((x) => Number(x.toFixed(14)))).toEqual([
      5, 0,
    ]);
    expect(Array.from(bidiagonalSingularValues(matrix(3, 2, () => 0)))).toEqual([0, 0]);
    expect(bidiagonalSingularValues(matrix(1, 1, () => -7))[0]).toBeCloseTo(7, 14);
  });

  property.prop(
    [fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 1e6 })],
    { numRuns: 60 },
  )("are those of Jacobi rotations to a few ε σ₁, of any shape and rank", (rows, cols, rank, seed) => {
    const stream = rng(seed);
    const full = rank === 0;
    const left = matrix(rows, Math.max(rank, 1), () => stream.normal());
    const right = matrix(Math.max(rank, 1), cols, () => stream.normal());
    const product = (i: number, j: number) => {
      let s = 0;
      for (let k = 0; k < left.cols; k++) s += (left.re[i * left.cols + k] as number) * (right.re[k * cols + j] as number);
      return s;
    };
    const a = matrix(rows, cols, full ? () => stream.normal() : product);
    const expected = jacobiSvd(a).sigma;
    const found = bidiagonalSingularValues(a);
    expect(found).toHaveLength(Math.min(rows, cols));
    found.forEach(
      (sigma, i) =>
        void expect(Math.abs(sigma - (expected[i] as number))).toBeLessThan(1e-14 * Math.max(rows, cols) * (expected[0] as number)),
    );
  });

  test("serve singularValues of large matrices, whose derivative still is right", () => {
    const stream = rng(3);
    const theta = ndarray(
      cpu("float64"),
      Float64Array.from({ length: 50 * 52 }, () => stream.normal()),
      [52, 50],
    );
    const K = denseMatrix([50], [52]);
    const squares = singularValues(K, theta)
      .toArray()
      .reduce((s: number, x: number) => s + x * x, 0);
    const frobenius = theta.toArray().reduce((s: number, x: number) => s + x * x, 0);
    expect(Math.abs(squares - frobenius)).toBeLessThan(1e-11 * frobenius);
    const report = checkDerivatives((t) => sum(singularValues(K, t)), theta, { order: 1, entries: 4 });
    expect(report.ok, String(report)).toBe(true);
  });
});
