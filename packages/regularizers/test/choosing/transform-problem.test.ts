import { ndarray, ShapeError, type Value } from "@paramat/core";
import {
  convolution,
  doublySymmetricConvolution,
  firstDifference,
  laplacian,
  matrixOperator,
  type ParametricOperator,
  toDense,
} from "@paramat/layers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filterSums } from "../../src/choosing/filter-sums.js";
import { matrixProblem } from "../../src/choosing/matrix-problem.js";
import { transformProblem } from "../../src/choosing/transform-problem.js";
import { differencePenalty } from "../../src/smoothness/difference-penalty.js";
import { laplacianPenalty } from "../../src/smoothness/laplacian-penalty.js";
import { totalVariation } from "../../src/smoothness/total-variation.js";
import { backend, normal } from "../fixtures/trees.js";

/** ‖x − y‖/‖y‖. */
function off(x: Value, y: Value): number {
  const [a, b] = [x.toArray(), y.toArray()];
  return Math.hypot(...a.map((ai, i) => ai - b[i]!)) / Math.hypot(...b);
}

/** The same problem with dense matrices. */
function dense(K: ParametricOperator<Value>, theta: Value, b: Value, L?: Parameters<typeof matrixProblem>[2]) {
  return matrixProblem(matrixOperator(toDense(K, theta), { inShape: K.inShape, outShape: K.outShape }), b, L);
}

const periodic = (...shape: number[]) => convolution(shape, { channels: 1, kernel: 3, boundary: "periodic" });

describe("transformProblem", () => {
  it("agrees with dense matrices for periodic convolutions, complex phases and all", () => {
    const setting = fc.record({
      rows: fc.integer({ min: 3, max: 5 }),
      columns: fc.integer({ min: 3, max: 6 }),
      exponent: fc.double({ min: -3, max: 2, noNaN: true }),
      seed: fc.integer({ min: 1, max: 1e5 }),
    });
    fc.assert(
      fc.property(setting, ({ rows, columns, exponent, seed }) => {
        const lambda = 10 ** exponent;
        const K = periodic(rows, columns, 1);
        const [theta, b] = [normal(seed, 3, 3, 1, 1), normal(seed + 1, rows, columns, 1)];
        const L = laplacian([rows, columns, 1], { h: 1, boundary: "periodic" });
        for (const options of [{}, { L }]) {
          const [fast, slow] = [transformProblem(K, theta, b, options), dense(K, theta, b, options)];
          expect(off(fast.solution(lambda), slow.solution(lambda))).toBeLessThan(1e-9);
          const [a, s] = [filterSums(fast, lambda), filterSums(slow, lambda)];
          expect(a.residualSquare).toBeCloseTo(s.residualSquare, 9);
          expect(a.freedom).toBeCloseTo(s.freedom, 9);
          expect(a.solutionSquare / s.solutionSquare).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 12 },
    );
  });

  it("takes a quadratic penalty of the package for L, and several right-hand sides", () => {
    const K = periodic(4, 5, 1);
    const [theta, b] = [normal(1, 3, 3, 1, 1), normal(2, 2, 4, 5, 1)];
    const penalty = laplacianPenalty(1, { asImages: [4, 5, 1], h: 1, boundary: "periodic" });
    const fast = transformProblem(K, theta, b, { penalty });
    const slow = dense(K, theta, b, { L: laplacian([4, 5, 1], { h: 1, boundary: "periodic" }) });
    expect(off(fast.solution(0.2), slow.solution(0.2))).toBeLessThan(1e-11);
    expect(fast.solution(0.2).shape).toEqual([2, 4, 5, 1]);
    expect(filterSums(fast, 0.2).residualSquare).toBeCloseTo(filterSums(slow, 0.2).residualSquare, 10);
  });

  it("takes several views of one image, channels of K's output", () => {
    const K = convolution([4, 5, 1], { channels: 2, kernel: 3, boundary: "periodic" });
    const L = laplacian([4, 5, 1], { h: 1, boundary: "periodic" });
    const theta = normal(1, 3, 3, 1, 2);
    for (const shape of [
      [4, 5, 2],
      [3, 4, 5, 2],
    ]) {
      const b = normal(2, ...shape);
      const [fast, slow] = [transformProblem(K, theta, b, { L }), dense(K, theta, b, { L })];
      expect(off(fast.solution(0.2), slow.solution(0.2))).toBeLessThan(1e-11);
      const [a, s] = [filterSums(fast, 0.2), filterSums(slow, 0.2)];
      expect(a.residualSquare / s.residualSquare).toBeCloseTo(1, 10);
      expect(a.freedom).toBeCloseTo(s.freedom, 9);
      expect(a.solutionSquare / s.solutionSquare).toBeCloseTo(1, 10);
    }
  });

  it("goes by the cosine transform too", () => {
    const K = doublySymmetricConvolution([3, 4, 1], { channels: 1, kernel: 3, boundary: "symmetric" });
    const [theta, b] = [normal(5, ...K.thetaShape), normal(6, 3, 4, 1)];
    const L = laplacian([3, 4, 1], { h: 1, boundary: "symmetric" });
    const [fast, slow] = [transformProblem(K, theta, b, { L }), dense(K, theta, b, { L })];
    expect(off(fast.solution(0.1), slow.solution(0.1))).toBeLessThan(1e-10);
    expect(filterSums(fast, 0.1).solutionSquare / filterSums(slow, 0.1).solutionSquare).toBeCloseTo(1, 10);
  });

  it("has μ = 0, and not its rounding, where L sees nothing", () => {
    for (const [n, order] of [
      [32, 1],
      [27, 1],
      [32, 2],
    ] as const) {
      const K = doublySymmetricConvolution([n, n, 1], { channels: 1, kernel: 3, boundary: "symmetric" });
      const penalty = differencePenalty(order, 1, { asImages: [n, n, 1], h: 1, boundary: "symmetric" });
      const { mu } = transformProblem(K, normal(5, ...K.thetaShape), normal(6, n, n, 1), { penalty });
      const [least, next] = mu.toSorted();
      expect(least).toBe(0);
      // 2 sin(π/2n) to the order.
      expect(next! / (2 * Math.sin(Math.PI / (2 * n))) ** order).toBeCloseTo(1, 6);
    }
  });

  it("says nothing of x where K and L see nothing: 0, not NaN", () => {
    // θ = 0 but for the sum: K leaves the mean only.
    const K = periodic(4, 1);
    const x = transformProblem(K, ndarray(backend, [0, 0, 0], [3, 1, 1]), normal(1, 4, 1)).solution(0);
    expect(Array.from(x.toArray())).toEqual([0, 0, 0, 0]);
  });

  it("refuses what the transform does not make diagonal", () => {
    const two = convolution([4, 2], { channels: 2, kernel: 3, boundary: "periodic" });
    expect(() => transformProblem(two, normal(1, 3, 2, 2), normal(2, 4, 2))).toThrow(
      /has blocks of 2 × 2; a fast transform must make it diagonal/,
    );
    const zero = convolution([4, 1], { channels: 1, kernel: 3, boundary: "zero" });
    expect(() => transformProblem(zero, normal(1, 3, 1, 1), normal(2, 4, 1))).toThrow(/has no block form/);
    const K = periodic(4, 1);
    const theta = normal(1, 3, 1, 1);
    expect(() => transformProblem(K, theta, normal(2, 4, 1), { L: firstDifference([4, 1], { boundary: "zero" }) })).toThrow(
      /LᵀL is not diagonal in the transform of .*; give L the boundary of K, or use matrixProblem/,
    );
    // Not quadratic.
    expect(() => transformProblem(K, theta, normal(2, 4, 1), { penalty: totalVariation() })).toThrow(/is not diagonal/);
    expect(() => transformProblem(K, theta, normal(2, 5, 1))).toThrow(
      new ShapeError("transformProblem: b is [5, 1], and K gives [4, 1]; b must have that shape, or [examples, …that]"),
    );
    expect(() => transformProblem(K, theta, normal(2, 4, 1), { L: laplacian([5, 1]) })).toThrow(
      new ShapeError("transformProblem: L takes [5, 1], and K takes [4, 1]; both must take x"),
    );
  });
});
