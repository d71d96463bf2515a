import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { lowerTriangular, toDense, upperTriangular } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

function naive(n: number, keep: (i: number, j: number) => boolean) {
  return (theta: ArrayLike<number>) => {
    let k = 0;
    return Float64Array.from({ length: n * n }, (_, at) => (keep(Math.floor(at / n), at % n) ? (theta[k++] as number) : 0));
  };
}

describe.each([
  [
    "lowerTriangular",
    lowerTriangular,
    (i: number, j: number) => j <= i,
    [
      [1, 0, 0],
      [2, 3, 0],
      [4, 5, 6],
    ],
  ],
  [
    "upperTriangular",
    upperTriangular,
    (i: number, j: number) => j >= i,
    [
      [1, 2, 3],
      [0, 4, 5],
      [0, 0, 6],
    ],
  ],
] as const)("%s", (name, make, keep, byHand) => {
  property.prop([fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 1e6 })], { numRuns: 20 })(
    "satisfies the laws; θ fills its triangle row by row",
    (n, seed) => {
      const report = checkParameterization(make(n), backend, { seed, oracle: naive(n, keep) });
      expect(report.ok, String(report)).toBe(true);
      expect(make(n).tags).toContain(name);
    },
  );

  test("a 3×3 by hand", () => {
    expect(toDense(make(3), ndarray(backend, [1, 2, 3, 4, 5, 6])).toNested()).toEqual(byHand);
  });

  test("refuses an empty size", () => {
    expect(() => make(0)).toThrow(`${name}: the size is 0; it must be a positive integer`);
  });
});
