import { boundaries, full, ndarray } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { totalVariation } from "../../src/smoothness/total-variation.js";
import { backend, expectLaws, normal, trees, weights } from "../fixtures/trees.js";

const kinds = ["isotropic", "anisotropic"] as const;

describe("totalVariation", () => {
  it("is the sum of the gradients' lengths, or of their entries' moduli", () => {
    // One corner: slopes (3, 4) at it, and 3 and 4 seen from no other point.
    const W = ndarray(backend, [
      [0, 4],
      [3, 7],
    ]);
    const h = 1;
    const [isotropic, anisotropic] = kinds.map((kind) => totalVariation(1, { h, kind, epsilon: 1e-9 })(W).item());
    // Gradients (3, 4), (3, 0), (0, 4), 0
    expect(isotropic).toBeCloseTo(5 + 3 + 4, 7);
    expect(anisotropic).toBeCloseTo(7 + 3 + 4, 7);
  });

  it("keeps every law, and is 0 for constants", () => {
    const settings = fc.record({ lambda: weights, kind: fc.constantFrom(...kinds), boundary: fc.constantFrom(...boundaries) });
    expectLaws(settings, ({ lambda, ...options }) => totalVariation(lambda, { h: 1, epsilon: 0.3, ...options }), trees);
    const zeros = [full(backend, [4, 5], -3)];
    expectLaws(fc.constantFrom(...kinds), (kind) => totalVariation(1, { kind, epsilon: 0.1 }), fc.constant(normal(5, 4, 5)), { zeros }, 2);
  });

  it("refuses ε = 0, where it has corners, and unknown kinds", () => {
    expect(() => totalVariation(1, { epsilon: 0 })).toThrow(new RangeError("totalVariation: epsilon is 0; it must be a finite number > 0"));
    expect(() => totalVariation(1, { kind: "round" as never })).toThrow(
      "totalVariation: kind is round; it must be isotropic or anisotropic",
    );
  });
});
