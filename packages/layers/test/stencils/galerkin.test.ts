import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { galerkinCoarse, galerkinFine } from "../../src/index.js";
import { values } from "./expect-stencil-model.js";
import { naiveConvolution } from "./naive-convolution.js";

const backend = cpu("float64");

const random = (seed: number, shape: readonly number[]) => {
  const stream = rng(seed);
  return ndarray(
    backend,
    Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.normal()),
    shape,
  );
};

/** Linear interpolation from n to 2n points of a periodic grid, [2n][n]: point i of the coarse grid is point 2i of the fine one. */
function interpolation(n: number): number[][] {
  const P = Array.from({ length: 2 * n }, () => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) {
    P[2 * i]![i]! += 1;
    P[2 * i + 1]![i]! += 0.5;
    P[2 * i + 1]![(i + 1) % n]! += 0.5;
  }
  return P;
}

const kron = (A: number[][], B: number[][]) => A.flatMap((a) => B.map((b) => a.flatMap((x) => b.map((y) => x * y))));

describe("galerkinCoarse", () => {
  property.prop([fc.array(fc.constantFrom(1, 3, 5, 7), { minLength: 1, maxLength: 2 }), fc.integer({ min: 1, max: 1e6 })], { numRuns: 12 })(
    "its convolution matrix is R K P, row by row",
    (kernel, seed) => {
      // Grids that are at least as wide as the stencils, so that nothing wraps onto itself.
      const coarse = kernel.map(() => (kernel.length === 1 ? 8 : 5));
      const fine = coarse.map((n) => 2 * n);
      const theta = random(seed, [...kernel, 1, 1]);
      const boundary = kernel.map(() => "periodic" as const);
      const K = naiveConvolution([...fine, 1], { kernel, boundary, channels: 1 })(theta.toArray());
      const P = coarse.map(interpolation).reduce(kron);
      const n = coarse.reduce((a, b) => a * b, 1);
      const N = fine.reduce((a, b) => a * b, 1);
      const KP = Array.from({ length: N }, (_, i) =>
        Array.from({ length: n }, (_, j) => P.reduce((sum, row, k) => sum + K[i * N + k]! * row[j]!, 0)),
      );
      const RKP = Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (_, j) => P.reduce((sum, row, k) => sum + (row[i]! / 2 ** kernel.length) * KP[k]![j]!, 0)),
      ).flat();
      const coarseTheta = galerkinCoarse(theta);
      const found = naiveConvolution([...coarse, 1], { kernel: coarseTheta.shape.slice(0, -2), boundary, channels: 1 })(
        coarseTheta.toArray(),
      );
      expect(found.length).toBe(RKP.length);
      found.forEach((x, i) => expect(x).toBeCloseTo(RKP[i]!, 12));
    },
  );

  test("by hand: [1, 4, 6, 4, 1]/8 ∗ θ at every second point", () => {
    // (−261.5·4 + 510)/8, (−(261.5 + 245.5)·4 + 510·6)/8, (510 − 245.5·4)/8
    expect([...galerkinCoarse(values([-261.5, 510, -245.5], [3, 1, 1])).toArray()]).toEqual([-67, 129, -59]);
    expect([...galerkinCoarse(values([8], [1, 1, 1])).toArray()]).toEqual([1, 6, 1]);
    expect([1, 3, 5, 7, 9, 11].map((w) => galerkinCoarse(random(1, [w, 1, 1])).shape[0])).toEqual([3, 3, 5, 5, 7, 7]);
  });

  test("is linear in θ, with derivatives", () => {
    const report = checkDerivatives(galerkinCoarse, random(3, [3, 5, 2, 1]), { order: 2 });
    expect(report.ok, String(report)).toBe(true);
  });

  test("refuses even widths", () => {
    expect(() => galerkinCoarse(values([1, 2], [2, 1, 1]))).toThrow("galerkinCoarse: the kernel is [2]; every width must be odd");
  });
});

describe("galerkinFine", () => {
  property.prop(
    [
      fc.array(fc.constantFrom(3, 5, 7), { minLength: 1, maxLength: 2 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: 1, max: 1e6 }),
    ],
    { numRuns: 25 },
  )("R K P of it is θ, for both widths that reach every θ", (kernel, wider, channels, seed) => {
    const theta = random(seed, [...kernel, 2, channels]);
    const width = kernel.map((w) => (w === 3 ? 3 : wider ? 2 * w - 3 : 2 * w - 5));
    const fine = wider ? galerkinFine(theta, { width }) : galerkinFine(theta);
    expect(fine.shape.slice(0, -2)).toEqual(width);
    const back = galerkinCoarse(fine);
    expect(back.shape).toEqual(theta.shape);
    const expected = theta.toArray();
    back.toArray().forEach((x: number, i: number) => expect(x).toBeCloseTo(expected[i]!, 10));
  });

  test("of least norm among the stencils that reach θ: orthogonal to all that R K P takes to 0", () => {
    const theta = random(2, [7, 1, 1]);
    const fine = galerkinFine(theta).toArray();
    // Any other solution differs by a null vector; galerkinFine removes it from one.
    const start = random(5, [9, 1, 1]);
    const least = galerkinFine(galerkinCoarse(start)).toArray();
    const nullVector = Array.from(start.toArray(), (x, i) => x - least[i]!);
    expect(Math.hypot(...nullVector)).toBeGreaterThan(0.01);
    galerkinCoarse(values(nullVector, [9, 1, 1]))
      .toArray()
      .forEach((x: number) => expect(x).toBeCloseTo(0, 12));
    expect(nullVector.reduce((sum, x, i) => sum + x * fine[i]!, 0)).toBeCloseTo(0, 11);
  });

  test("[−67, 129, −59] gives [−261.5, 510, −245.5]", () => {
    galerkinFine(values([-67, 129, -59], [3, 1, 1]))
      .toArray()
      .forEach((x: number, i: number) => expect(x).toBeCloseTo([-261.5, 510, -245.5][i]!, 10));
  });

  test.each([
    [[1, 3], undefined, "galerkinFine: the kernel is [1, 3]; widths must be 3 or more"],
    [[4], undefined, "galerkinFine: the kernel is [4]; every width must be odd"],
    [[3], 5, "galerkinFine: fine widths [5] for a coarse kernel of [3]; the fine width must be 3 along the axes"],
    [[3], 1, "galerkinFine: fine widths [1] for a coarse kernel of [3]"],
    [[7], 7, "the fine width must be 9 or 11"],
  ])("refuses a kernel %j with width %j", (kernel, width, message) => {
    const theta = random(1, [...kernel, 1, 1]);
    expect(() => galerkinFine(theta, width === undefined ? {} : { width })).toThrow(message);
  });
});
