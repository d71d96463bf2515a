import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tridiagonalEigen } from "../../src/diagnostics/tridiagonal-eigen.js";

describe("tridiagonalEigen", () => {
  it("knows the second difference: 2 − 2 cos(πk/(n + 1)), eigenvectors √(2/(n + 1)) sin(πjk/(n + 1))", () => {
    for (const n of [1, 2, 7, 30]) {
      const { values, lastEntries } = tridiagonalEigen(new Array<number>(n).fill(2), new Array<number>(n - 1).fill(-1));
      values.forEach((x, i) => {
        const angle = (Math.PI * (i + 1)) / (n + 1);
        expect(x).toBeCloseTo(2 - 2 * Math.cos(angle), 13);
        expect(Math.abs(lastEntries[i] as number)).toBeCloseTo(Math.sqrt(2 / (n + 1)) * Math.sin(angle), 12);
      });
    }
  });

  it("keeps the moments: Σ λᵏs² is the last entry of Tᵏ e, for any T", () => {
    const entries = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(entries, entries), { minLength: 1, maxLength: 10 }), (pairs) => {
        const n = pairs.length;
        const diagonal = pairs.map(([d]) => d);
        const beside = pairs.slice(1).map(([, e]) => e);
        const { values, lastEntries } = tridiagonalEigen(diagonal, beside);
        let x: number[] = Array.from({ length: n }, (_, i) => (i === n - 1 ? 1 : 0));
        for (let k = 0; k < 5; k++) {
          const found = values.reduce((total, v, i) => total + v ** k * (lastEntries[i] as number) ** 2, 0);
          expect(Math.abs(found - (x[n - 1] as number))).toBeLessThan(1e-12 * 20 ** k);
          x = x.map((xi, i) => diagonal[i]! * xi + (beside[i - 1] ?? 0) * (x[i - 1] ?? 0) + (beside[i] ?? 0) * (x[i + 1] ?? 0));
        }
      }),
    );
  });
});
