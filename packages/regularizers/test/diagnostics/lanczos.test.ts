import { rng } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lanczos } from "../../src/diagnostics/lanczos.js";

const diagonalMap = (d: readonly number[]) => (v: Float64Array) => v.map((x, i) => x * (d[i] as number));

describe("lanczos", () => {
  it("finds all eigenvalues of a diagonal matrix in as many steps, reflected or not", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 15 }),
        fc.integer({ min: 1, max: 99 }),
        (d, seed) => {
          const n = d.length;
          const stream = rng(seed);
          const u = Float64Array.from({ length: n }, () => stream.normal());
          const uu = u.reduce((s, x) => s + x * x, 0);
          // H = Q D Q with the reflection Q = I − 2uuᵀ/uᵀu
          const reflect = (x: Float64Array) => {
            const share = (2 * x.reduce((s, xi, i) => s + xi * (u[i] as number), 0)) / uu;
            return x.map((xi, i) => xi - share * (u[i] as number));
          };
          const { values, steps, isInvariant } = lanczos((v) => reflect(diagonalMap(d)(reflect(v))), n);
          expect([steps, isInvariant]).toEqual([n, true]);
          const want = [...d].sort((a, b) => a - b);
          values.forEach((x, i) => expect(Math.abs(x - (want[i] as number))).toBeLessThan(1e-11));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("has no copies of the largest, however long it goes on past it", () => {
    // Without orthogonalizing again, the eigenvalue 10⁴ comes back after some 20 steps.
    const d = Array.from({ length: 120 }, (_, i) => (i === 0 ? 1e4 : i / 120));
    const { values } = lanczos(diagonalMap(d), 120, { maxSteps: 60 });
    expect(values.filter((x) => x > 5000)).toHaveLength(1);
  });

  it("bounds the distance to an eigenvalue by the residual", () => {
    const d = Array.from({ length: 80 }, (_, i) => Math.sqrt(i + 1));
    const { values, residuals, isInvariant } = lanczos(diagonalMap(d), 80, { maxSteps: 12 });
    expect(isInvariant).toBe(false);
    values.forEach((theta, k) => {
      const distance = Math.min(...d.map((x) => Math.abs(x - theta)));
      expect(distance).toBeLessThanOrEqual((residuals[k] as number) + 1e-12);
    });
  });

  it("stops where the space is invariant, with each eigenvalue of few once", () => {
    const { values, steps, isInvariant } = lanczos(diagonalMap([2, 2, 2, 5, 5]), 5);
    expect([steps, isInvariant]).toEqual([2, true]);
    expect(values[0]).toBeCloseTo(2, 13);
    expect(values[1]).toBeCloseTo(5, 13);
  });

  it("stops when it is told that it is enough, and refuses no steps", () => {
    const d = Array.from({ length: 50 }, (_, i) => i + 1);
    expect(lanczos(diagonalMap(d), 50, { enough: ({ steps }) => steps >= 10 }).steps).toBe(10);
    expect(() => lanczos(diagonalMap(d), 50, { maxSteps: 0 })).toThrow(new RangeError("lanczos: maxSteps is 0; it must be an integer ≥ 1"));
  });
});
