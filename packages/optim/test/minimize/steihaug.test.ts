import { ndarray, type Value } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { steihaug } from "../../src/minimize/steihaug.js";
import { vectorsLike } from "../../src/minimize/vectors.js";
import { backend } from "./problems.js";

const vectors = vectorsLike(ndarray(backend, 0));

const diagonal = (d: readonly number[]) => (v: Value) =>
  ndarray(
    backend,
    v.toArray().map((x, i) => x * (d[i] as number)),
  );

describe("steihaug", () => {
  it("solves a positive definite system within a radius that does not bind", async () => {
    const { step, end, predicted } = await steihaug(vectors, diagonal([1, 2, 4]), ndarray(backend, [1, 2, 4]), {
      radius: 100,
      tolerance: 1e-12,
      maxProducts: 10,
    });
    step.toArray().forEach((x: number) => void expect(x).toBeCloseTo(-1, 12));
    // −(gᵀp + ½ pᵀBp) = 7 − 3.5
    expect(predicted).toBeCloseTo(3.5, 12);
    expect(end).toBe("tolerance");
  });

  it("ends on the boundary, and goes along negative curvature to it", async () => {
    const bound = await steihaug(vectors, diagonal([1, 1]), ndarray(backend, [3, 4]), { radius: 2.5, tolerance: 1e-12, maxProducts: 10 });
    bound.step.toArray().forEach((x: number, i: number) => void expect(x).toBeCloseTo([-1.5, -2][i] as number, 12));
    expect([bound.end, bound.predicted]).toEqual(["boundary", expect.closeTo(12.5 - 3.125, 12)]);
    const down = await steihaug(vectors, diagonal([-1, 1]), ndarray(backend, [1, 0]), { radius: 7, tolerance: 1e-12, maxProducts: 10 });
    expect(down.end).toBe("negative curvature");
    expect(down.step.toArray()[0]).toBe(-7);
    const free = await steihaug(vectors, diagonal([-1, 1]), ndarray(backend, [1, 0]), {
      radius: Number.POSITIVE_INFINITY,
      tolerance: 1e-12,
      maxProducts: 10,
    });
    expect(free.step.toArray()[0]).toBe(-1);
  });

  it("never leaves the radius, and never promises less than the best step along −g (Cauchy)", async () => {
    const entry = fc.double({ min: -5, max: 5, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(entry, entry), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        async (rows, radius) => {
          const [d, g] = [rows.map(([x]) => x), rows.map(([, x]) => x)];
          const gg = g.reduce((s, x) => s + x * x, 0);
          fc.pre(gg > 1e-6);
          const gBg = g.reduce((s, x, i) => s + x * x * (d[i] as number), 0);
          const along = gBg <= 0 ? radius / Math.sqrt(gg) : Math.min(gg / gBg, radius / Math.sqrt(gg));
          const cauchy = along * gg - 0.5 * along * along * gBg;
          const { predicted, length } = await steihaug(vectors, diagonal(d), ndarray(backend, g), {
            radius,
            tolerance: 0.1,
            maxProducts: 20,
          });
          expect(length).toBeLessThanOrEqual(radius * (1 + 1e-12));
          expect(predicted).toBeGreaterThanOrEqual(cauchy - 1e-10 * (1 + Math.abs(cauchy)));
        },
      ),
    );
  });
});
