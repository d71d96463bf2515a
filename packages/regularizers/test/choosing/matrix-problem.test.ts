import { ndarray, ShapeError, type Value } from "@paramat/core";
import { firstDifference, matrixOperator } from "@paramat/layers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filterSums } from "../../src/choosing/filter-sums.js";
import { matrixProblem } from "../../src/choosing/matrix-problem.js";
import { backend, normal } from "../fixtures/trees.js";
import { blur, differences, identity, minus, product, type Rows, size, slowTikhonov } from "./slow-tikhonov.js";

const rowsOf = (x: Value) => x.toNested() as number[][];
const listOf = (x: Value) => Array.from(x.toArray());

/** Shapes, an L of each kind, a λ of any size. */
const settings = fc.record({
  m: fc.integer({ min: 1, max: 7 }),
  n: fc.integer({ min: 3, max: 6 }),
  kind: fc.constantFrom("identity", "first", "second", "random"),
  exponent: fc.double({ min: -4, max: 3, noNaN: true }),
  seed: fc.integer({ min: 1, max: 1e5 }),
});

function penaltyOf(kind: string, n: number, seed: number): Rows {
  if (kind === "identity") return identity(n);
  return kind === "random" ? rowsOf(normal(seed + 7, n + 1, n)) : differences(n, kind === "first" ? 1 : 2);
}

describe("matrixProblem", () => {
  it("solves the normal equations, whatever the shapes and L, and knows ‖Ax − b‖ and ‖Lx‖ without the solution", () => {
    fc.assert(
      fc.property(settings, ({ m, n, kind, exponent, seed }) => {
        // Second differences leave two directions to A.
        fc.pre(kind !== "second" || m >= 2);
        const lambda = 10 ** exponent;
        const [A, b] = [normal(seed, m, n), normal(seed + 1, m)];
        const L = penaltyOf(kind, n, seed);
        const problem = matrixProblem(A, b, kind === "identity" ? {} : { L: ndarray(backend, L) });
        const x = listOf(problem.solution(lambda));
        // The gradient Aᵀ(Ax − b) + λLᵀLx is 0 to rounding, a test that bad conditioning does not blur.
        const rows = rowsOf(A);
        const residual = minus(product(rows, x), listOf(b));
        const image = product(L, x);
        const gradient = x.map(
          (_, j) =>
            rows.reduce((s, row, i) => s + row[j]! * residual[i]!, 0) + lambda * L.reduce((s, row, i) => s + row[j]! * image[i]!, 0),
        );
        const scale = (size(rows.flat()) ** 2 + lambda * size(L.flat()) ** 2) * size(x) + size(rows.flat()) * size(listOf(b));
        expect(size(gradient)).toBeLessThan(1e-11 * scale);
        const { residualSquare, solutionSquare } = filterSums(problem, lambda);
        expect(Math.abs(Math.sqrt(residualSquare) - size(residual))).toBeLessThan(1e-11 * size(listOf(b)));
        expect(Math.abs(Math.sqrt(solutionSquare) - size(image))).toBeLessThan(1e-11 * size(L.flat()) * size(x));
      }),
      { numRuns: 60 },
    );
  });

  it("agrees with elimination on an ill-posed problem", () => {
    const [A, L] = [blur(20), differences(20, 2)];
    const b = listOf(normal(3, 20));
    for (const lambda of [1, 1e-3]) {
      const x = matrixProblem(ndarray(backend, A), ndarray(backend, b), { L: ndarray(backend, L) }).solution(lambda);
      const expected = slowTikhonov(A, L, b, lambda);
      expect(size(minus(listOf(x), expected)) / size(expected)).toBeLessThan(1e-9);
    }
  });

  it("fits what L does not see by least squares when λ grows: a line through points", () => {
    const A = ndarray(backend, identity(5));
    const problem = matrixProblem(A, ndarray(backend, [0, 1, 2, 3, 9]), { L: ndarray(backend, differences(5, 2)) });
    // Slope 2, mean 3.
    listOf(problem.solution(1e12)).forEach((x, i) => {
      expect(x).toBeCloseTo(2 * i - 1, 8);
    });
  });

  it("takes operators and several right-hand sides", () => {
    const [A, B] = [normal(1, 6, 4), normal(2, 3, 6)];
    const D = firstDifference([4], { h: 1, boundary: "none" });
    const matrix = ndarray(backend, differences(4, 1));
    const together = matrixProblem(matrixOperator(A), B, { L: D });
    const x = together.solution(0.3);
    expect(x.shape).toEqual([3, 4]);
    const alone = listOf(matrixProblem(A, ndarray(backend, listOf(B).slice(6, 12)), { L: matrix }).solution(0.3));
    alone.forEach((value, j) => {
      expect(listOf(x)[4 + j]).toBeCloseTo(value, 12);
    });
    const sums = [0, 1, 2].map((e) =>
      filterSums(matrixProblem(A, ndarray(backend, listOf(B).slice(6 * e, 6 * e + 6)), { L: matrix }), 0.3),
    );
    expect(filterSums(together, 0.3).residualSquare).toBeCloseTo(
      sums.reduce((s, { residualSquare }) => s + residualSquare, 0),
      12,
    );
    expect(together.numRightSides).toBe(3);
  });

  it("has the generalized singular values of diagonal matrices", () => {
    const diagonal = (...d: number[]) =>
      ndarray(
        backend,
        d.map((x, i) => d.map((_, j) => (i === j ? x : 0))),
      );
    const { sigma, mu } = matrixProblem(diagonal(3, 0, 1), ndarray(backend, [1, 1, 1]), { L: diagonal(0.5, 2, 0) });
    const ratios = Array.from(sigma, (s, i) => s / mu[i]!).sort((a, b) => a - b);
    expect(ratios[0]).toBeCloseTo(0, 12);
    expect(ratios[1]).toBeCloseTo(6, 12);
    expect(ratios[2]).toBeGreaterThan(1e12);
  });

  it("refuses what has no solution, and shapes that do not fit", () => {
    const ones = ndarray(backend, [
      [1, 1],
      [1, 1],
    ]);
    expect(() => matrixProblem(ones, normal(1, 2), { L: ones })).toThrow(/both take some x ≠ 0 to 0, which no λ determines/);
    expect(() => matrixProblem(ones, normal(1, 3))).toThrow(
      new ShapeError("matrixProblem: b is [3], and A gives [2]; b must have that shape, or [examples, …that]"),
    );
    expect(() => matrixProblem(ones, normal(1, 2), { L: normal(1, 2, 3) })).toThrow(
      new ShapeError("matrixProblem: L takes 3 numbers, A takes 2; both must take x"),
    );
    expect(() => matrixProblem(normal(1, 2), normal(1, 2))).toThrow(
      new ShapeError("matrixProblem: A has shape [2]; it must be a matrix, [m, n], with entries, or a linear operator"),
    );
    expect(() => matrixProblem(ones, normal(1, 2)).solution(-1)).toThrow(
      new RangeError("matrixProblem.solution: lambda is -1; it must be a finite number ≥ 0"),
    );
  });
});
