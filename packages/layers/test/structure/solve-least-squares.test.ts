import { fc, test as property } from "@fast-check/vitest";
import { ndarray, sub, type Value } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { convolution, denseMatrix, solveLeastSquares } from "../../src/index.js";
import { backend, random } from "./dense-oracle.js";

const close = (found: ArrayLike<number>, wanted: ArrayLike<number>, digits: number) =>
  Array.from(wanted).forEach((x, i) => expect(found[i]).toBeCloseTo(x, digits));

describe("solveLeastSquares", () => {
  test("a consistent singular system has its shortest solution from least squares: Δx = δ₀ − δ₁", () => {
    const z = ndarray(backend, [1, -1, 0, 0], [1, 4, 1]);
    const { solution, outcome, rank, residual, remedy } = solveLeastSquares(
      convolution([4, 1], { channels: 1, kernel: 3, boundary: "periodic" }),
      ndarray(backend, [-1, 2, -1], [3, 1, 1]),
      z,
    );
    // x = (3, −3, −1, 1)/8: differences along the ring, with sum 0.
    close(solution.toArray(), [3 / 8, -3 / 8, -1 / 8, 1 / 8], 14);
    expect([outcome, rank]).toEqual(["rank deficient", 3]);
    expect(residual).toBeLessThan(1e-14);
    expect(remedy).toBe("K(θ) has rank 3 of 4: of many minimizers this is the shortest");
  });

  property.prop([fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.nat(1e6)], { numRuns: 30 })(
    "least squares of any shape: Kᵀ(K x − z) = 0, x in the range of Kᵀ; lsqr agrees",
    (n, m, seed) => {
      const K = denseMatrix([n], [m]);
      const theta = random(seed, [m, n]);
      const z = random(seed + 1, [2, m]);
      const direct = solveLeastSquares(K, theta, z);
      fc.pre(direct.condition < 1e4);
      expect([direct.outcome, direct.rank]).toEqual(["solved", Math.min(m, n)]);
      const r = sub(K.apply(theta, direct.solution), z);
      close(K.applyTranspose(theta, r).toArray(), new Array<number>(2 * n).fill(0), 9);
      const iterative = solveLeastSquares(K, theta, z, { method: "lsqr", tolerance: 1e-14 });
      close(iterative.solution.toArray(), direct.solution.toArray(), 7);
    },
  );

  test.each([
    ["auto", 4, 2],
    ["auto", 2, 4],
    ["lsqr", 4, 2],
    ["lsqr", 2, 4],
    ["lsqr", 3, 3],
  ] as const)("least squares by %s, %i × %i, is differentiable to second order", (method, m, n) => {
    const K = denseMatrix([n], [m]);
    const report = checkDerivatives(
      ([t, z]: readonly Value[]) =>
        solveLeastSquares(K, t as Value, z as Value, { method, ...(method === "lsqr" ? { tolerance: 1e-15, maxIterations: 40 } : {}) })
          .solution,
      [random(13, [m, n]), random(14, [2, m])],
      { order: 2, entries: 10 },
    );
    expect(report.ok, String(report)).toBe(true);
  });
});
