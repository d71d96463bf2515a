import { DataError, ndarray, ShapeError, type Value } from "@paramat/core";
import { firstDifference, matrixOperator } from "@paramat/layers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filterSums } from "../../src/choosing/filter-sums.js";
import { lambdaGrid } from "../../src/choosing/lambda-grid.js";
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
    expect(ratios[2]).toBe(Number.POSITIVE_INFINITY);
  });

  it("has as many μ = 0 as L has null directions, so that λ is sought where it changes something", () => {
    // Second differences of a smooth A: between the singular values of A and of L there are no 25 decades.
    const problem = matrixProblem(ndarray(backend, blur(20)), normal(3, 20), { L: ndarray(backend, differences(20, 2)) });
    expect(Array.from(problem.mu.slice(0, 3), (m) => m === 0)).toEqual([true, true, false]);
    const least = Math.min(...problem.mu.filter((m) => m > 0));
    const grid = lambdaGrid("test", problem);
    expect(grid.at(-1)!).toBeLessThanOrEqual(1.001 / least ** 2);
    expect(least).toBeGreaterThan(1e-4);
    // Beyond the range nothing is left to change.
    const ends = [grid.at(-1)!, 1e3 * grid.at(-1)!, 1e24].map((lambda) => filterSums(problem, lambda).freedom);
    expect(Math.abs(ends[1]! - 18)).toBeLessThan(0.1);
    expect(Math.abs(ends[2]! - 18)).toBeLessThan(1e-9);
    // Its rank is found from below too: more rows than needed, one of them a sum of others.
    const rows = [...differences(20, 2), differences(20, 2)[0]!.map((x, j) => x + differences(20, 2)[1]![j]!)];
    const again = matrixProblem(ndarray(backend, blur(20)), normal(3, 20), { L: ndarray(backend, [...rows, ...rows]) });
    expect(again.mu.filter((m) => m === 0).length).toBe(2);
  });

  it("refuses NaN in A and in b, and says where", () => {
    const nan = ndarray(backend, [1, Number.NaN]);
    const eye = ndarray(backend, identity(2));
    expect(() => matrixProblem(eye, nan)).toThrow(
      new DataError("matrixProblem: b, [2], has 1 of 2 numbers NaN or infinite, the first at [1]; leave them out, or fill them in"),
    );
    expect(() =>
      matrixProblem(
        ndarray(backend, [
          [1, 2],
          [Number.POSITIVE_INFINITY, Number.NaN],
        ]),
        ndarray(backend, [1, 2]),
      ),
    ).toThrow(/A, \[2, 2\], has 2 of 4 numbers NaN or infinite, the first at \[1, 0\]/);
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
