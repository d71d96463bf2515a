import { complexAbs2, mul, ndarray, sum, type Value } from "@paramat/core";
import { convolution, denseMatrix } from "@paramat/layers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spectralPenalty } from "../../src/spectral/spectral-penalty.js";
import { backend, expectLaws, normal, weights } from "../fixtures/trees.js";

const energy = (eigenvalues: Value) => mul(0.5, sum(complexAbs2(eigenvalues)));

describe("spectralPenalty", () => {
  it("keeps every law on periodic convolutions of one channel, which are compiled", () => {
    const K = convolution([5, 1], { channels: 1, kernel: 3, boundary: "periodic" });
    const stencils = fc.integer({ min: 1, max: 99 }).map((seed) => ({ theta: normal(seed, 3, 1, 1) }));
    expectLaws(weights, (lambda) => spectralPenalty(K, energy, lambda, { isConvex: true, isSmooth: true }), stencils);
  });

  it("sees the eigenvalues: for a circulant Σ|λ|² = n Σθ²", () => {
    const K = convolution([5, 1], { channels: 1, kernel: 3, boundary: "periodic" });
    const R = spectralPenalty(K, energy);
    expect(R.readsValues).toBe(false);
    expect(R(ndarray(backend, [1, -2, 3], [3, 1, 1])).item()).toBeCloseTo((5 * (1 + 4 + 9)) / 2, 12);
  });

  it("keeps every law on matrices, whose eigenvalues are found on the host", () => {
    const K = denseMatrix([3], [3]);
    const matrices = fc.integer({ min: 1, max: 99 }).map((seed) => normal(seed, 3, 3));
    const R = spectralPenalty(K, energy, 1, { isSmooth: true });
    expect(R.readsValues).toBe(true);
    expectLaws(fc.constant(0), () => R, matrices);
  });
});
