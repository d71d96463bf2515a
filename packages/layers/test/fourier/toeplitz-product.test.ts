import { fc, test as property } from "@fast-check/vitest";
import { norm, sub } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { circulantLength, toeplitzCosts } from "../../src/fourier/toeplitz-product.js";
import { toeplitz } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";
import { backend, random } from "./random.js";

describe("toeplitz inside a circulant matrix", () => {
  const size = fc.integer({ min: 1, max: 9 });

  property.prop([size, size, fc.nat(1e6)], { numRuns: 15 })(
    "satisfies the laws; its matrix is written out from the definition",
    (m, n, seed) => {
      const oracle = (theta: ArrayLike<number>) => Array.from({ length: m * n }, (_, at) => theta[Math.floor(at / n) - (at % n) + n - 1]!);
      const report = checkParameterization(toeplitz(m, n, { path: "fft" }), backend, { seed, oracle });
      expect(report.ok, String(report)).toBe(true);
    },
  );

  test.each([
    [300, 300],
    [17, 400],
    [400, 1],
  ])("agrees with the direct path to 1e-12: %i × %i", (m, n) => {
    const [direct, fourier] = [toeplitz(m, n, { path: "direct" }), toeplitz(m, n, { path: "fft" })];
    const [theta, y, z] = [random(1, [m + n - 1]), random(2, [2, n]), random(3, [2, m])];
    for (const f of [
      (K: typeof direct) => K.apply(theta, y),
      (K: typeof direct) => K.applyTranspose(theta, z),
      (K: typeof direct) => K.jacobianTranspose(y, z),
    ]) {
      expect(norm(sub(f(fourier), f(direct))).item()).toBeLessThan(1e-12 * norm(f(direct)).item());
    }
  });

  test("the circulant is the next power of two", () => {
    expect([circulantLength(1, 1), circulantLength(4, 5), circulantLength(5, 5), circulantLength(2, 1)]).toEqual([1, 8, 16, 2]);
  });

  test("large matrices are for the transform, small ones are not", () => {
    const call = { which: "apply", backend, examples: 8 } as const;
    const [large, small] = [toeplitzCosts(2000, 2000), toeplitzCosts(20, 20)];
    expect(large.fourier(call)).toBeLessThan(large.direct(call) / 5);
    expect(small.direct(call)).toBeLessThan(small.fourier(call));
  });
});
