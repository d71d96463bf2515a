import { cpu } from "@paramat/backends";
import { matmul, mul, ndarray, normalArray, rng, type Value } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { thinSvd } from "../../src/structure/thin-svd.js";

const backend = cpu("float64");

describe("thinSvd", () => {
  it("gives orthonormal factors that multiply back to the matrix, for tall and wide ones", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), fc.integer(), (m, n, seed) => {
        const A = normalArray(rng(seed), backend, [m, n]);
        const { u, sigma, v } = thinSvd(A);
        const tolerance = 100 * (m + n) * backend.epsilon;
        const product = matmul(mul(u, ndarray(backend, sigma)), v, { transposeB: true });
        expectClose(product, A.toArray(), tolerance * (sigma[0] as number));
        const k = Math.min(m, n);
        const identity = Array.from({ length: k * k }, (_, at) => (at % (k + 1) === 0 ? 1 : 0));
        for (const q of [u, v]) expectClose(matmul(q, q, { transposeA: true }), identity, tolerance);
        expect(sigma.every((s, i) => s >= (sigma[i + 1] ?? 0))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("has a column of zeros where a singular value is 0", () => {
    // [1 1; 1 1] = 2 · (1, 1)(1, 1)ᵀ/2
    const { u, sigma } = thinSvd(
      ndarray(backend, [
        [1, 1],
        [1, 1],
      ]),
    );
    expect(sigma[0]).toBeCloseTo(2, 14);
    expect(sigma[1]).toBeLessThan(1e-15);
    expect(Math.abs(u.toArray()[0] as number)).toBeCloseTo(Math.SQRT1_2, 14);
  });

  it("refuses what is no matrix", () => {
    expect(() => thinSvd(ndarray(backend, [1, 2]))).toThrow("thinSvd: A has shape [2]; it must be a matrix, [m, n]");
  });
});

function expectClose(found: Value, want: ArrayLike<number>, tolerance: number): void {
  found.toArray().forEach((x, i) => expect(Math.abs(x - (want[i] as number))).toBeLessThanOrEqual(tolerance));
}
