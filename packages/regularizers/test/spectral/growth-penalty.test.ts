import { ndarray } from "@paramat/core";
import { antisymmetricMatrix, convolution } from "@paramat/layers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { growthPenalty } from "../../src/spectral/growth-penalty.js";
import { backend, expectLaws, normal, weights } from "../fixtures/trees.js";

describe("growthPenalty", () => {
  const K = convolution([4, 1], { channels: 1, kernel: 3, boundary: "periodic" });

  it("keeps every law, with one channel and with two", () => {
    const stencils = (channels: number) => fc.integer({ min: 1, max: 99 }).map((seed) => normal(seed, 3, channels, channels));
    expectLaws(weights, (lambda) => growthPenalty(K, lambda, { margin: 0.1 }), stencils(1));
    const K2 = convolution([4, 2], { channels: 2, kernel: 3, boundary: "periodic" });
    expect(growthPenalty(K2).isConvex).toBe(false);
    expectLaws(weights, (lambda) => growthPenalty(K2, lambda), stencils(2), {}, 3);
  });

  it("is 0 where nothing grows: diffusion, and antisymmetric matrices, but for a margin", () => {
    const diffusion = ndarray(backend, [1, -2, 1], [3, 1, 1]);
    expect(growthPenalty(K)(diffusion).item()).toBeLessThan(1e-28);
    expect(growthPenalty(antisymmetricMatrix(3))(normal(1, 3)).item()).toBeLessThan(1e-28);
    // Eigenvalues −2(1 − cos φ): 0, −2, −4, −2; with 1 added 1, −1, −3, −1
    expect(growthPenalty(K, 1, { margin: 1 })(diffusion).item()).toBeCloseTo(0.5, 12);
    // Turned round they are 0, 2, 4, 2
    expect(growthPenalty(K)(ndarray(backend, [-1, 2, -1], [3, 1, 1])).item()).toBeCloseTo((4 + 16 + 4) / 2, 12);
  });

  it("refuses a margin that is no number", () => {
    expect(() => growthPenalty(K, 1, { margin: Number.NaN })).toThrow("growthPenalty: margin is NaN; it must be a finite number");
  });
});
