import { add, type Boundary, boundaries, mul, ndarray, norm, sub } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { laplacianPenalty } from "../../src/smoothness/laplacian-penalty.js";
import { backend, expectLaws, normal, trees, weights } from "../fixtures/trees.js";

const oneBoundary = fc.constantFrom(...boundaries);

describe("laplacianPenalty", () => {
  it("is ½‖Lw‖² by hand", () => {
    // With h = ½, Lw = 4 · (−1, 1, −3).
    expect(laplacianPenalty(1, { h: 0.5 })(ndarray(backend, [1, 1, 2])).item()).toBe((16 * (1 + 1 + 9)) / 2);
  });

  it("keeps every law, with each boundary and build", () => {
    const settings = fc.record({
      lambda: weights,
      boundary: oneBoundary,
      build: fc.constantFrom("kronecker" as const, "convolution" as const),
    });
    expectLaws(settings, ({ lambda, ...options }) => laplacianPenalty(lambda, { h: 1, ...options }), trees, {}, 8);
  });

  it("solves to 1e-12 by fast transforms for every boundary but reflect, on rows seen as images", () => {
    for (const boundary of boundaries) {
      const R = laplacianPenalty(0.7, { asImages: [5, 4, 2], boundary, h: 1 });
      expect(R.solveShifted !== undefined).toBe(boundary !== "reflect");
      const rhs = normal(1, 3, 40);
      const x = R.solveShifted?.(rhs, { alpha: 0.9, gamma: 0.1 });
      if (!x) continue;
      const residual = sub(add(mul(0.9, R.hessianApply(x, x)), mul(0.1, x)), rhs);
      expect(norm(residual).item() / norm(rhs).item()).toBeLessThanOrEqual(1e-12);
    }
  });

  it("takes another boundary on each axis", () => {
    const pairs = fc.tuple(oneBoundary, oneBoundary);
    const images = fc.integer({ min: 1, max: 3 }).map((rows) => normal(rows, rows, 3 * 4 * 2));
    expectLaws(
      pairs,
      (boundary: readonly Boundary[]) => laplacianPenalty(0.5, { asImages: [3, 4, 2], h: [0.5, 2], boundary }),
      images,
      { zeros: [ndarray(backend, new Float64Array(24), [1, 24])] },
      4,
    );
  });

  it("does not mix rows, channels or stencils", () => {
    // Alone, and as one of several: the same gradient.
    const [one, other] = [normal(1, 3, 3), normal(2, 3, 3)];
    const theta = ndarray(
      backend,
      Array.from({ length: 18 }, (_, i) => (i % 2 === 0 ? one : other).toArray()[Math.floor(i / 2)] as number),
      [3, 3, 1, 2],
    );
    const stencils = laplacianPenalty(1, { asStencils: true, boundary: "reflect" }).gradient(theta).toArray();
    const alone = laplacianPenalty(1, { boundary: "reflect" }).gradient(one).toArray();
    alone.forEach((g, i) => expect(Math.abs(g - (stencils[2 * i] as number))).toBeLessThanOrEqual(1e-10));
  });

  it("refuses leaves that do not fit, naming what would", () => {
    const W = normal(1, 2, 7);
    expect(() => laplacianPenalty(1, { asImages: [2, 3, 1] })(W)).toThrow(
      "laplacianPenalty: a leaf is [2, 7], and asImages is [2, 3, 1]; it must be [...grid, channels], of which the leaf is a whole number",
    );
    expect(() => laplacianPenalty(1, { asStencils: true })(W)).toThrow("a leaf is [2, 7]; it must be [...kernel, channelsIn, channelsOut]");
    expect(() => laplacianPenalty(1, { h: 0 })(W)).toThrow(
      "laplacianPenalty: h is 0, 0; the distance between grid points must be positive",
    );
    expect(() => laplacianPenalty(1, { h: [1] })(W)).toThrow("h has 1 entries for a grid of 2 axes; give one, or one for each");
    expect(() => laplacianPenalty(1, { boundary: "open" as never })(W)).toThrow(
      "laplacianPenalty: boundary is open; it must be one of zero",
    );
    expect(() => laplacianPenalty(-1)).toThrow(new RangeError("laplacianPenalty: lambda is -1; it must be a finite number ≥ 0"));
  });
});
