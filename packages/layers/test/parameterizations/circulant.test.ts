import { fc, test as property } from "@fast-check/vitest";
import { ndarray, norm, sub } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { circulant, matrixQ, toDense } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";
import { applyBlocks, applyBlocksTranspose } from "../../src/structure/index.js";
import { backend, gridPoints, naiveDft, random } from "../fourier/random.js";

/** K[i, j] = θ[i − j], from the definition. */
function naive(grid: readonly number[]) {
  const points = gridPoints(grid);
  return (theta: ArrayLike<number>) =>
    points.flatMap((i) => points.map((j) => theta[i.reduce((s, x, a) => s * grid[a]! + ((x - j[a]! + grid[a]!) % grid[a]!), 0)]!));
}

const grids = fc
  .integer({ min: 1, max: 3 })
  .chain((dims) => fc.array(fc.integer({ min: 1, max: dims === 1 ? 9 : 4 }), { minLength: dims, maxLength: dims }));

describe("circulant", () => {
  property.prop([grids, fc.constantFrom("auto" as const, "direct" as const, "fft" as const), fc.nat(1e6)], { numRuns: 40 })(
    "satisfies the laws by either path, on any grid; its matrix is written out from the definition",
    (grid, path, seed) => {
      const report = checkParameterization(circulant(grid, { path }), backend, { seed, oracle: naive(grid) });
      expect(report.ok, String(report)).toBe(true);
    },
  );

  property.prop([grids, fc.nat(1e6)], { numRuns: 30 })("is F* diag(F θ) F", (grid, seed) => {
    const K = circulant(grid);
    const form = K.blockForm!;
    const [theta, y] = [random(seed, grid), random(seed + 1, [2, ...grid])];
    expect(norm(sub(applyBlocks(form, theta, y), K.apply(theta, y))).item()).toBeLessThan(1e-12);
    expect(norm(sub(applyBlocksTranspose(form, theta, y), K.applyTranspose(theta, y))).item()).toBeLessThan(1e-12);
    const blocks = form.blocks(theta).toArray();
    const n = theta.size;
    naiveDft(theta.toArray(), grid).forEach(([re, im], k) => {
      expect(blocks[k]).toBeCloseTo(re, 12);
      expect(blocks[n + k]).toBeCloseTo(im, 12);
    });
  });

  test.each([[[512]], [[301]], [[24, 20]]])("both paths agree on %j to 1e-12, in all contractions", (grid) => {
    const [direct, fourier] = [circulant(grid, { path: "direct" }), circulant(grid, { path: "fft" })];
    const [theta, y, z] = [random(1, grid), random(2, [3, ...grid]), random(3, [3, ...grid])];
    const expectSame = (f: (K: typeof direct) => ReturnType<typeof random>) => {
      const want = f(direct);
      expect(norm(sub(f(fourier), want)).item()).toBeLessThan(1e-12 * norm(want).item());
    };
    expectSame((K) => K.apply(theta, y));
    expectSame((K) => K.applyTranspose(theta, z));
    expectSame((K) => K.jacobianTranspose(y, z));
  });

  // Lecture, "Structured Matrices - 2", for θ = (1, 2, 3): the first column of the matrix is (θ₂, θ₃, 0, θ₁).
  test("the lecture's 4×4 matrix, and λ = F(K u₁) = (6, 2 − 2i, −2, 2 + 2i)", () => {
    const K = circulant(4);
    const theta = ndarray(backend, [2, 3, 0, 1]);
    expect(toDense(K, theta).toNested()).toEqual([
      [2, 1, 0, 3],
      [3, 2, 1, 0],
      [0, 3, 2, 1],
      [1, 0, 3, 2],
    ]);
    const blocks = K.blockForm!.blocks(theta).toArray();
    [6, 2, -2, 2, 0, -2, 0, 2].forEach((want, i) => {
      expect(blocks[i]).toBeCloseTo(want, 14);
    });
  });

  test("Q from its entries is Q by probing K itself", () => {
    const { entries, ...blind } = circulant([2, 3], { path: "direct" });
    expect(matrixQ(blind, { backend })).toEqual(matrixQ({ ...blind, entries } as typeof blind));
  });

  test.each([
    [0, "circulant: the size is 0; it must be a positive integer, or a shape of them"],
    [[2, 2, 2, 2], "circulant: the grid is [2, 2, 2, 2]; it must have 1 to 3 axes"],
    [[], "circulant: the grid is []; it must have 1 to 3 axes"],
  ])("refuses %j", (size, message) => {
    expect(() => circulant(size)).toThrow(message);
  });

  test("refuses arrays of another shape, by name", () => {
    expect(() => circulant(4).apply(random(1, [3]), random(2, [1, 4]))).toThrow("circulant.apply: theta is [3]; it must be [4]");
    expect(() => circulant(4, { path: "fft" }).applyTranspose(random(1, [4]), random(2, [4]))).toThrow(
      "circulant.applyTranspose: z is [4]; it must be [examples, 4]",
    );
  });
});
