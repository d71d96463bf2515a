import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { type DifferentialOperator, differentialConvolution } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";
import { dense, expectTags, values } from "../stencils/expect-stencil-model.js";

const backend = cpu("float64");

/** y at the points x = h(i + ½) of each axis. */
function sampled(grid: readonly number[], h: number, y: (...x: number[]) => number) {
  const [n0, n1 = 1, n2 = 1] = grid;
  const numbers: number[] = [];
  for (let i = 0; i < n0!; i++)
    for (let j = 0; j < n1; j++) for (let k = 0; k < n2; k++) numbers.push(y((i + 0.5) * h, (j + 0.5) * h, (k + 0.5) * h));
  return ndarray(backend, numbers, [1, ...grid, 1]);
}

describe("differentialConvolution", () => {
  property.prop(
    [
      fc.integer({ min: 1, max: 3 }).chain((dims) =>
        fc.record({
          grid: fc.array(fc.integer({ min: 3, max: 5 }), { minLength: dims, maxLength: dims }),
          orders: fc.array(fc.array(fc.integer({ min: 0, max: dims === 1 ? 4 : 2 }), { minLength: dims, maxLength: dims }), {
            minLength: 1,
            maxLength: 3,
          }),
        }),
      ),
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: 1, max: 2 }),
      fc.constantFrom("zero", "periodic", "symmetric", "reflect" as const),
      fc.integer({ min: 1, max: 1e6 }),
    ],
    { numRuns: 20 },
  )("satisfies the laws, its tags hold", ({ grid, orders }, channelsIn, channels, boundary, seed) => {
    const K = differentialConvolution([...grid, channelsIn], { channels, operators: orders, boundary, h: 1 });
    const report = checkParameterization(K, backend, { seed, examples: 2 });
    expect(report.ok, String(report)).toBe(true);
    expectTags(K, seed);
  });

  // Central differences are exact for polynomials of low degree, away from the boundary.
  const cubic = (x: number, y: number, z: number) => x ** 3 * y + x ** 2 * z + y ** 2 + 2 * z;
  const exact: [DifferentialOperator, (x: number, y: number, z: number) => number][] = [
    ["identity", cubic],
    ["dxx", (x, y, z) => 6 * x * y + 2 * z],
    ["dy", (x, y) => x ** 3 + 2 * y],
    ["dz", (x) => x ** 2 + 2],
    ["dxz", (x) => 2 * x],
    ["dxxy", (x) => 6 * x],
    ["laplacian", (x, y, z) => 6 * x * y + 2 * z + 2],
    [[3, 1, 0], () => 6],
  ];
  test.each(exact)("%j is the derivative of a polynomial", (operator, derivative) => {
    const h = 0.25;
    const K = differentialConvolution([5, 5, 5, 1], { channels: 1, operators: [operator], h, boundary: "none" });
    const z = K.apply(values([1], [1, 1, 1]), sampled([5, 5, 5], h, cubic));
    const kernel = K.inShape.slice(0, 3).map((n, axis) => n - K.outShape[axis]! + 1);
    let entry = 0;
    const found = z.toArray();
    for (let i = 0; i < K.outShape[0]!; i++) {
      for (let j = 0; j < K.outShape[1]!; j++) {
        for (let k = 0; k < K.outShape[2]!; k++) {
          const [x, y, w] = [i, j, k].map((p, axis) => (p + (kernel[axis]! - 1) / 2 + 0.5) * h) as [number, number, number];
          expect(found[entry++]).toBeCloseTo(derivative(x, y, w), 9);
        }
      }
    }
  });

  test("by hand: the lecture's Laplacian stencil with h = 1/2, mixed with ∂x", () => {
    const K = differentialConvolution([3, 3, 1], { channels: 1, operators: ["laplacian", "dx"], h: 0.5 });
    expect(dense(K, values([1, 0], [2, 1, 1]))[4]).toEqual([0, 4, 0, 4, -16, 4, 0, 4, 0]);
    // (∂x y)_i = (y_{i+1} − y_{i−1})/(2h), axis 0 downwards.
    expect(dense(K, values([0, 1], [2, 1, 1]))[4]!.map((x) => x + 0)).toEqual([0, -1, 0, 0, 0, 0, 0, 1, 0]);
  });

  test("default: identity, first derivatives, Laplacian, with h = 1/n", () => {
    const K = differentialConvolution([4, 8, 2], { channels: 3 });
    expect(K.thetaShape).toEqual([4, 2, 3]);
    const laplacian = dense(differentialConvolution([4, 1], { channels: 1, operators: ["laplacian"] }), values([1], [1, 1, 1]));
    expect(laplacian[1]).toEqual([16, -32, 16, 0]);
    expect(differentialConvolution([4, 1], { channels: 1, operators: ["laplacian"] }).tags).toContain("symmetric");
    expect(differentialConvolution([4, 1], { channels: 1, operators: ["dx", "dxxx"] }).tags).toContain("antisymmetric");
  });

  test("starts with K(η)y of twice the variance of y, though entries of D_k differ by powers of h", () => {
    const K = differentialConvolution([16, 16, 4], { channels: 64, boundary: "periodic" });
    const stream = rng(5);
    const y = ndarray(
      backend,
      Float64Array.from({ length: 16 * 16 * 4 }, () => stream.normal()),
      [1, 16, 16, 4],
    );
    const z = K.apply(K.init(stream, backend), y).toArray();
    expect(Math.abs([...z].reduce((s, x) => s + x * x, 0) / z.length - 2)).toBeLessThan(0.5);
  });

  test("η is the same on every grid", () => {
    const eta = values([1, 2, 3], [3, 1, 1]);
    expect(differentialConvolution([8, 1], { channels: 1 }).rediscretize(eta, { from: 8, to: 16 })).toBe(eta);
  });

  test.each([
    [{ operators: [] }, "differentialConvolution: the list of operators is empty"],
    [
      { operators: ["dz" as const] },
      'the operator "dz"; on a grid of 2 axes it must be "identity", "laplacian", or "d" and the axes to differentiate along (x, y)',
    ],
    [{ operators: [[1]] }, "the operator [1]; it must be the order along each of 2 axes"],
    [{ h: [1] }, "h is [1]; it must be one number, or 2 of them"],
    [{ h: 0 }, "differenceStencil: h is 0; it must be a positive number"],
  ])("refuses %j", (options, message) => {
    expect(() => differentialConvolution([4, 4, 1], { channels: 1, ...options })).toThrow(message);
  });

  test("refuses an input without a grid", () => {
    expect(() => differentialConvolution([4], { channels: 1 })).toThrow("the input is [4]; it must be [...grid, channels]");
  });
});
