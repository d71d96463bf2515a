import { cpu } from "@paramat/backends";
import { matmul, ndarray, reshape, transpose, type Value } from "@paramat/core";
import { linearLeastSquares } from "@paramat/optim";
import { describe, expect, it } from "vitest";
import { lsqr } from "../../src/minimize/lsqr.js";
import { vectorsLike } from "../../src/minimize/vectors.js";
import { backend, distance } from "./problems.js";

const matrix = (rows: number[][]) => {
  const A = ndarray(backend, rows);
  const [m, n] = [rows.length, (rows[0] as number[]).length];
  return {
    apply: (x: Value) => reshape(matmul(A, reshape(x, [n, 1])), [m]),
    applyTranspose: (b: Value) => reshape(matmul(transpose(A), reshape(b, [m, 1])), [n]),
  };
};
const vectors = vectorsLike(ndarray(backend, 0));
const options = { tolerance: 1e-12, maxIterations: 20 };

describe("lsqr", () => {
  it("solves in about as many steps as there are singular values, and estimates the condition", async () => {
    const found = await lsqr(
      vectors,
      matrix([
        [10, 0, 0],
        [0, 1, 0],
        [0, 0, 0.1],
        [0, 0, 0],
      ]),
      ndarray(backend, [1, 1, 1, 5]),
      options,
    );
    expect(distance(found.solution, [0.1, 1, 10])).toBeLessThanOrEqual(1e-11);
    expect(found.isDone).toBe(true);
    // Rounding may ask for one more.
    expect(found.iterations).toBeLessThanOrEqual(4);
    // ‖A‖_F ‖A⁺‖_F = 100 + 1 + 0.01
    expect(found.condition / 101.01).toBeGreaterThan(0.3);
    expect(found.condition / 101.01).toBeLessThan(3);
  });

  it("takes the shortest of several solutions, and 0 for b = 0 and for b that A cannot reach", async () => {
    const A = matrix([
      [1, 1],
      [0, 0],
    ]);
    expect(distance((await lsqr(vectors, A, ndarray(backend, [4, 0]), options)).solution, [2, 2])).toBeLessThanOrEqual(1e-13);
    for (const b of [
      [0, 0],
      [0, 3],
    ]) {
      const found = await lsqr(vectors, A, ndarray(backend, b), options);
      expect([found.solution.toNested(), found.isDone, found.iterations]).toEqual([[0, 0], true, 0]);
    }
  });

  it("says so where the iterations do not suffice, and ends where numbers do", async () => {
    const A = matrix([
      [10, 0],
      [0, 1],
    ]);
    expect((await lsqr(vectors, A, ndarray(backend, [1, 1]), { ...options, maxIterations: 1 })).isDone).toBe(false);
    expect((await lsqr(vectors, A, ndarray(backend, [Number.NaN, 1]), options)).iterations).toBe(0);
  });

  it("reads its scalars as promises, and can be interrupted", async () => {
    const { readSync: _, ...promising } = cpu("float64");
    const [c, x] = [ndarray(promising, [3, -1]), ndarray(promising, [0, 0])];
    const found = await linearLeastSquares((t: Value) => t, c, x);
    const [a = 0, b = 0] = await found.params.read();
    expect(Math.hypot(a - 3, b + 1)).toBeLessThanOrEqual(20 * backend.epsilon);
    const stopped = await linearLeastSquares((t: Value) => t, c, x, { signal: AbortSignal.abort() });
    expect([stopped.status, stopped.iterations]).toEqual(["interrupted", 0]);
    expect(stopped.remedy).toMatch(/^‖gradient‖ is 3\.2e\+0 after 0 iterations/);
  });
});
