import { fc, test as property } from "@fast-check/vitest";
import { rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { type ComplexMatrix, zeroMatrix } from "../../../src/structure/numeric/complex-matrix.js";
import { eigen } from "../../../src/structure/numeric/eigen.js";
import { hessenberg } from "../../../src/structure/numeric/hessenberg.js";
import { inverseOneNorm, oneNorm } from "../../../src/structure/numeric/inverse-norm.js";
import { jacobiSvd } from "../../../src/structure/numeric/jacobi-svd.js";
import { luFactor, luLogAbsDet, luSolve } from "../../../src/structure/numeric/lu.js";
import { schur } from "../../../src/structure/numeric/schur.js";

type C = readonly [number, number];

/** A matrix as nested arrays of complex numbers: the slow, obvious form. */
const nested = (a: ComplexMatrix): C[][] =>
  Array.from({ length: a.rows }, (_, i) =>
    Array.from({ length: a.cols }, (_, j) => [a.re[i * a.cols + j] as number, a.im[i * a.cols + j] as number]),
  );

function matrix(rows: number, cols: number, entry: (i: number, j: number) => C): ComplexMatrix {
  const a = zeroMatrix(rows, cols, false);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) [a.re[i * cols + j], a.im[i * cols + j]] = entry(i, j) as [number, number];
  return { ...a, isReal: a.im.every((x) => x === 0) };
}

function multiply(a: C[][], b: C[][]): C[][] {
  return a.map((row) =>
    (b[0] as C[]).map((_, j) =>
      row.reduce<C>(
        ([sr, si], [xr, xi], k) => {
          const [yr, yi] = (b[k] as C[])[j] as C;
          return [sr + xr * yr - xi * yi, si + xr * yi + xi * yr];
        },
        [0, 0],
      ),
    ),
  );
}

const dagger = (a: C[][]): C[][] => (a[0] as C[]).map((_, j) => a.map((row) => [(row[j] as C)[0], -(row[j] as C)[1]]));
const identity = (n: number): C[][] => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => [i === j ? 1 : 0, 0]));
const distance = (a: C[][], b: C[][]) =>
  Math.max(
    0,
    ...a.flatMap((row, i) => row.map(([re, im], j) => Math.hypot(re - ((b[i] as C[])[j] as C)[0], im - ((b[i] as C[])[j] as C)[1]))),
  );

const kinds = ["real", "complex", "symmetric", "antisymmetric", "hermitian", "skew-hermitian", "repeated", "triangular"] as const;

function sample(kind: (typeof kinds)[number], n: number, seed: number): ComplexMatrix {
  const stream = rng(seed);
  const isReal = ["real", "symmetric", "antisymmetric", "repeated", "triangular"].includes(kind);
  const raw = matrix(n, n, () => [stream.normal(), isReal ? 0 : stream.normal()]);
  const at = (i: number, j: number): C => [raw.re[i * n + j] as number, raw.im[i * n + j] as number];
  if (kind === "repeated") return matrix(n, n, (i, j) => [i === j ? 3 : 0, 0]);
  if (kind === "triangular") return matrix(n, n, (i, j) => (i <= j ? at(i, j) : [0, 0]));
  const sign = kind === "symmetric" || kind === "hermitian" ? 1 : kind === "real" || kind === "complex" ? 0 : -1;
  if (sign === 0) return raw;
  return matrix(n, n, (i, j) => [at(i, j)[0] + sign * at(j, i)[0], at(i, j)[1] - sign * at(j, i)[1]]);
}

const cases: [fc.Arbitrary<(typeof kinds)[number]>, fc.Arbitrary<number>, fc.Arbitrary<number>] = [
  fc.constantFrom(...kinds),
  fc.integer({ min: 1, max: 12 }),
  fc.nat(1e6),
];

describe("decompositions on the host", () => {
  property.prop(cases, { numRuns: 60 })(
    "LU solves A X = B and Aᴴ X = B; the estimate of ‖A⁻¹‖₁ is below it, and above a fifth of it",
    (kind, n, seed) => {
      const a = sample(kind, n, seed);
      const factors = luFactor(a);
      fc.pre(!factors.isSingular);
      const inverse = luSolve(
        factors,
        matrix(n, n, (i, j) => [i === j ? 1 : 0, 0]),
      );
      const size = oneNorm(inverse);
      fc.pre(size * oneNorm(a) < 1e8);
      expect(distance(multiply(nested(a), nested(inverse)), identity(n))).toBeLessThan(1e-14 * n * size * oneNorm(a));
      const adjoint = luSolve(
        factors,
        matrix(n, n, (i, j) => [i === j ? 1 : 0, 0]),
        true,
      );
      expect(distance(nested(adjoint), dagger(nested(inverse)))).toBeLessThan(1e-13 * n * size * size * oneNorm(a));
      const estimate = inverseOneNorm(factors);
      expect(estimate).toBeLessThanOrEqual(size * (1 + 1e-9));
      expect(estimate).toBeGreaterThanOrEqual(size / 5);
    },
  );

  test("log|det| of [[0, 2], [3, 4]] is log 6, its inverse [[−2/3, 1/3], [1/2, 0]]", () => {
    const factors = luFactor(
      matrix(2, 2, (i, j) => [
        [
          [0, 2],
          [3, 4],
        ][i]?.[j] as number,
        0,
      ]),
    );
    expect(luLogAbsDet(factors)).toBeCloseTo(Math.log(6), 14);
    expect(
      distance(
        nested(
          luSolve(
            factors,
            matrix(2, 2, (i, j) => [i === j ? 1 : 0, 0]),
          ),
        ),
        [
          [
            [-2 / 3, 0],
            [1 / 3, 0],
          ],
          [
            [1 / 2, 0],
            [0, 0],
          ],
        ],
      ),
    ).toBeLessThan(1e-15);
  });

  test("a zero pivot is said, not divided by", () => {
    const factors = luFactor(matrix(2, 2, () => [1, 0]));
    expect(factors.isSingular).toBe(true);
    expect(luLogAbsDet(factors)).toBe(Number.NEGATIVE_INFINITY);
    expect(inverseOneNorm(factors)).toBe(Number.POSITIVE_INFINITY);
  });

  property.prop([fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.boolean(), fc.nat(1e6)], { numRuns: 60 })(
    "A = U Σ Vᴴ with orthonormal columns and σ descending",
    (m, n, isReal, seed) => {
      const stream = rng(seed);
      const a = matrix(m, n, () => [stream.normal(), isReal ? 0 : stream.normal()]);
      const { u, sigma, v } = jacobiSvd(a);
      const k = Math.min(m, n);
      const scaled = nested(u).map((row) => row.map(([re, im], j): C => [re * (sigma[j] as number), im * (sigma[j] as number)]));
      expect(distance(multiply(scaled, dagger(nested(v))), nested(a))).toBeLessThan(1e-13);
      expect(distance(multiply(dagger(nested(u)), nested(u)), identity(k))).toBeLessThan(1e-12);
      expect(distance(multiply(dagger(nested(v)), nested(v)), identity(k))).toBeLessThan(1e-12);
      expect(Array.from(sigma)).toEqual(Array.from(sigma).sort((x, y) => y - x));
    },
  );

  test("singular values of a matrix of rank 1 and of entries near the ends of the range", () => {
    const { sigma } = jacobiSvd(matrix(3, 2, (i, j) => [(i + 1) * (j + 1), 0]));
    expect(sigma[0]).toBeCloseTo(Math.sqrt(70), 13);
    expect(sigma[1]).toBeLessThan(1e-15);
    const huge = jacobiSvd(matrix(2, 2, (i, j) => [i === j ? 1e200 : 0, 0]));
    expect(Array.from(huge.sigma)).toEqual([1e200, 1e200]);
    expect(Array.from(jacobiSvd(zeroMatrix(2, 2)).sigma)).toEqual([0, 0]);
  });

  property.prop(cases, { numRuns: 60 })("A = Q H Qᴴ = Q T Qᴴ with Q unitary", (kind, n, seed) => {
    const a = sample(kind, n, seed);
    const { h, qh: q1 } = hessenberg(a);
    const { t, qh: q2, converged } = schur(a, kind === "hermitian" || kind === "symmetric");
    expect(converged).toBe(true);
    for (const [middle, qh] of [
      [h, q1],
      [t, q2],
    ] as const) {
      expect(distance(multiply(nested(qh), dagger(nested(qh))), identity(n))).toBeLessThan(1e-13);
      expect(distance(multiply(multiply(dagger(nested(qh)), nested(middle)), nested(qh)), nested(a))).toBeLessThan(1e-12);
    }
    nested(h).forEach((row, i) => row.forEach((x, j) => i > j + 1 && expect(x).toEqual([0, 0])));
  });

  property.prop(cases, { numRuns: 80 })("A V = V Λ with unit columns; real, imaginary or paired where A says so", (kind, n, seed) => {
    const a = sample(kind, n, seed);
    const { re, im, vectors, converged } = eigen(a);
    expect(converged).toBe(true);
    const v = nested(vectors);
    const scaled = v.map((row) =>
      row.map(([x, y], j): C => [x * (re[j] as number) - y * (im[j] as number), x * (im[j] as number) + y * (re[j] as number)]),
    );
    expect(distance(multiply(nested(a), v), scaled)).toBeLessThan(1e-10);
    for (let k = 0; k < n; k++) expect(v.reduce((s, row) => s + ((row[k] as C)[0] ** 2 + (row[k] as C)[1] ** 2), 0)).toBeCloseTo(1, 12);
    if (kind === "symmetric" || kind === "hermitian") expect(im.every((x) => x === 0)).toBe(true);
    if (kind === "antisymmetric" || kind === "skew-hermitian") expect(re.every((x) => x === 0)).toBe(true);
    if (a.isReal) {
      const list = Array.from(re, (x, k) => [x, im[k] as number] as const);
      for (const [x, y] of list)
        expect(list.filter(([p, q]) => p === x && q === -y).length).toBe(list.filter(([p, q]) => p === x && q === y).length);
    }
  });

  test("[[0, 1], [−1, 0]] has ±i, [[2, 1], [1, 2]] has 1 and 3, the Jordan block [[1, 1], [0, 1]] twice 1, exactly", () => {
    const values = (rows: number[][]) => {
      const { re, im } = eigen(matrix(2, 2, (i, j) => [rows[i]?.[j] as number, 0]));
      return [Array.from(re), Array.from(im)];
    };
    const turn = values([
      [0, 1],
      [-1, 0],
    ]);
    expect(turn[0]).toEqual([0, 0]);
    expect(turn[1]?.[0]).toBeCloseTo(-1, 14);
    expect(turn[1]?.[1]).toBe(-(turn[1]?.[0] as number));
    const [re, im] = values([
      [2, 1],
      [1, 2],
    ]);
    expect(re?.[0]).toBeCloseTo(1, 14);
    expect(re?.[1]).toBeCloseTo(3, 14);
    expect(im).toEqual([0, 0]);
    expect(
      values([
        [1, 1],
        [0, 1],
      ]),
    ).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  test("NaN does not loop for ever", () => {
    expect(eigen(matrix(3, 3, () => [Number.NaN, 0])).converged).toBe(false);
  });

  test("the eigenvalues of a matrix of size 150 add up to its trace", () => {
    const a = sample("real", 150, 3);
    const { re, im } = eigen(a);
    const trace = Array.from({ length: 150 }, (_, i) => a.re[i * 150 + i] as number).reduce((s, x) => s + x, 0);
    expect(re.reduce((s, x) => s + x, 0)).toBeCloseTo(trace, 9);
    expect(im.reduce((s, x) => s + x, 0)).toBeCloseTo(0, 9);
  });
});
