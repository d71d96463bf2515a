import { fc, test as property } from "@fast-check/vitest";
import { rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { pseudoInverse, times, transposed } from "../../src/stencils/pseudo-inverse.js";

describe("pseudoInverse", () => {
  property.prop([fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 1e6 })], { numRuns: 50 })(
    "fulfils Penrose's conditions",
    (m, n, seed) => {
      const stream = rng(seed);
      const A = Array.from({ length: m }, () => Array.from({ length: n }, () => stream.normal()));
      const X = pseudoInverse(A);
      const scale = Math.max(1, ...X.flat().map(Math.abs)) ** 3;
      const agree = (B: readonly (readonly number[])[], C: readonly (readonly number[])[]) =>
        B.flat().forEach((x, i) => expect(Math.abs(x - C.flat()[i]!)).toBeLessThan(1e-10 * scale));
      agree(times(times(A, X), A), A);
      agree(times(times(X, A), X), X);
      agree(transposed(times(A, X)), times(A, X));
      agree(transposed(times(X, A)), times(X, A));
    },
  );

  test("by hand", () => {
    expect(
      pseudoInverse([
        [0, 2],
        [4, 0],
      ]),
    ).toEqual([
      [0, 0.25],
      [0.5, 0],
    ]);
    expect(pseudoInverse([[1, 1]])).toEqual([[0.5], [0.5]]);
    expect(pseudoInverse([[1], [1]])).toEqual([[0.5, 0.5]]);
  });

  test("refuses a matrix whose rank is not full", () => {
    expect(() =>
      pseudoInverse([
        [1, 2],
        [2, 4],
      ]),
    ).toThrow("pseudoInverse: pivot 1 of 2 is 0, beside entries up to 4; the matrix must have full rank");
  });
});
