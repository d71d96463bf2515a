import { ndarray, reshape, zeros } from "@paramat/core";
import { thinSvd } from "@paramat/layers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logDetPenalty } from "../../src/low-rank/log-det-penalty.js";
import { backend, expectLaws, normal, trees, weights } from "../fixtures/trees.js";

describe("logDetPenalty", () => {
  it("keeps every law, and is 0 for W = 0", () => {
    expectLaws(weights, (lambda) => logDetPenalty(lambda, { epsilon: 0.5 }), trees);
    const W = fc.constant(normal(1, 3, 4));
    expectLaws(weights, (lambda) => logDetPenalty(lambda), W, { zeros: [zeros(backend, [3, 4])] }, 2);
  });

  it("is ½ Σ log(1 + σ²/ε) of the singular values, for tall, wide and stencil-shaped leaves", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 99 }), (m, n, seed) => {
        const W = normal(seed, m, n);
        const want = thinSvd(W).sigma.reduce((total, s) => total + Math.log1p(s ** 2 / 0.1) / 2, 0);
        expect(logDetPenalty(1, { epsilon: 0.1 })(W).item()).toBeCloseTo(want, 11);
        expect(logDetPenalty(1, { epsilon: 0.1 })(reshape(W, [1, m, n])).item()).toBeCloseTo(want, 11);
      }),
      { numRuns: 30 },
    );
  });

  it("goes to the rank as ε goes to 0", () => {
    const W = ndarray(backend, [
      [1, 2, 3],
      [2, 4, 6],
      [0, 1, 0],
    ]);
    const epsilon = 1e-12;
    expect(logDetPenalty(1, { epsilon })(W).item() / Math.log(1 / Math.sqrt(epsilon))).toBeCloseTo(2, 0);
  });

  it("refuses ε = 0 and a negative weight", () => {
    expect(() => logDetPenalty(1, { epsilon: 0 })).toThrow(new RangeError("logDetPenalty: epsilon is 0; it must be a finite number > 0"));
    expect(() => logDetPenalty(-1)).toThrow("logDetPenalty: lambda is -1; it must be a finite number ≥ 0");
  });
});
