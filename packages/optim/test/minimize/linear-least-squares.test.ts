import { add, matmul, mul, NotLinearError, ndarray, reshape, square, type Value } from "@paramat/core";
import { linearLeastSquares } from "@paramat/optim";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backend, distance } from "./problems.js";

describe("linearLeastSquares", () => {
  it("fits a line by hand", async () => {
    // (0, 1), (1, 3), (2, 4): slope 3/2, intercept 7/6, residuals (1/6, −1/3, 1/6)
    const x = ndarray(backend, [0, 1, 2]);
    const line = (p: { slope: Value; intercept: Value }) => add(mul(p.slope, x), p.intercept);
    const start = { slope: ndarray(backend, 5), intercept: ndarray(backend, -2) };
    const found = await linearLeastSquares(line, ndarray(backend, [1, 3, 4]), start);
    expect(distance(found.params, [1.5, 7 / 6])).toBeLessThanOrEqual(1e-12);
    expect(found.value).toBeCloseTo(0.5 * (1 / 36 + 1 / 9 + 1 / 36), 12);
    expect(found.status).toBe("converged");
  });

  it("makes the gradient Jᵀr + λθ vanish, from wherever it starts", async () => {
    const entry = fc.double({ min: -2, max: 2, noNaN: true });
    const matrix = fc.array(fc.array(entry, { minLength: 3, maxLength: 3 }), { minLength: 5, maxLength: 5 });
    const vector = (n: number) => fc.array(entry, { minLength: n, maxLength: n });
    await fc.assert(
      fc.asyncProperty(matrix, vector(5), vector(3), fc.constantFrom(0.01, 1, 10), async (rows, c, from, lambda) => {
        const A = ndarray(backend, rows);
        const model = (x: Value) => reshape(matmul(A, reshape(x, [3, 1])), [5]);
        const found = await linearLeastSquares(model, ndarray(backend, c), ndarray(backend, from), { lambda });
        const x = [...found.params.toArray()];
        const r = rows.map((row, i) => row.reduce((s, a, j) => s + a * (x[j] as number), 0) - (c[i] as number));
        const gradient = x.map((t, j) => rows.reduce((s, row, i) => s + (row[j] as number) * (r[i] as number), 0) + lambda * t);
        expect(Math.hypot(...gradient)).toBeLessThanOrEqual(1e-10);
        expect(found.gradientNorm).toBeLessThanOrEqual(1e-10);
        expect(found.value).toBeCloseTo(0.5 * r.reduce((s, t) => s + t * t, 0) + 0.5 * lambda * x.reduce((s, t) => s + t * t, 0), 10);
      }),
      { numRuns: 40 },
    );
  });

  it("of several minimizers takes the nearest to the start", async () => {
    const model = (x: Value) => reshape(matmul(ndarray(backend, [[1, 1]]), reshape(x, [2, 1])), [1]);
    const found = await linearLeastSquares(model, ndarray(backend, [4]), ndarray(backend, [1, 0]));
    expect(distance(found.params, [2.5, 1.5])).toBeLessThanOrEqual(1e-12);
  });

  it("says in a sentence how it ended, and does not call NaN converged", async () => {
    const A = ndarray(backend, [
      [1, 2],
      [3, 4],
    ]);
    const model = (t: Value) => matmul(A, t);
    const zero = ndarray(backend, [[0], [0]]);
    const found = await linearLeastSquares(model, ndarray(backend, [[2], [1]]), zero);
    expect(String(found)).toMatch(
      /^linearLeastSquares: converged after 2 iterations: value .*e-\d+, ‖gradient‖ .*e-\d+, condition about 2\.1e\+1$/,
    );
    const lost = await linearLeastSquares(model, ndarray(backend, [[Number.NaN], [1]]), zero);
    expect(lost.status).toBe("non-finite");
    expect(String(lost)).toMatch(
      /non-finite after \d+ iterations: the value is NaN, the gradient's norm NaN; look for NaN or ∞ in the target/,
    );
  });

  it("refuses models that are not affine, targets of another form, and λ < 0", async () => {
    const x = ndarray(backend, [1, 2]);
    await expect(linearLeastSquares((t: Value) => square(t), ndarray(backend, [4, 9]), x)).rejects.toThrow(NotLinearError);
    await expect(linearLeastSquares((t: Value) => t, ndarray(backend, [1, 2, 3]), x)).rejects.toThrow("linearLeastSquares: at the root");
    await expect(linearLeastSquares((t: Value) => t, x, x, { lambda: -1 })).rejects.toThrow(
      "linearLeastSquares: lambda is -1; it must be a finite number ≥ 0",
    );
  });
});
