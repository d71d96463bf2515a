import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { betaFromStencil, stencilFromBeta } from "../../src/index.js";
import { values } from "./expect-stencil-model.js";
import { flatIndex, points } from "./naive-convolution.js";

const backend = cpu("float64");

/** The basis written out, order by order. */
const basis = (width: number, h: number): number[][] =>
  ({
    1: [[1]],
    3: [
      [1 / 4, 1 / 4, 1 / 4],
      [-1 / (2 * h), 0, 1 / (2 * h)],
      [-1 / h ** 2, 2 / h ** 2, -1 / h ** 2],
    ],
    5: [
      [0, 1 / 4, 1 / 4, 1 / 4, 0],
      [0, -1 / (2 * h), 0, 1 / (2 * h), 0],
      [0, -1 / h ** 2, 2 / h ** 2, -1 / h ** 2, 0],
      [1 / (2 * h ** 3), -2 / (2 * h ** 3), 0, 2 / (2 * h ** 3), -1 / (2 * h ** 3)],
      [1 / h ** 4, -4 / h ** 4, 6 / h ** 4, -4 / h ** 4, 1 / h ** 4],
    ],
  })[width]!;

describe("betaFromStencil and stencilFromBeta", () => {
  property.prop(
    [
      fc.array(fc.record({ width: fc.constantFrom(1, 3, 5), h: fc.constantFrom(1, 0.5, 0.25) }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: 1, max: 1e6 }),
    ],
    { numRuns: 25 },
  )("θ is Σ β b, with tensor products of the basis for each pair of channels, and β comes back", (axes, channelsIn, channels, seed) => {
    const kernel = axes.map(({ width }) => width);
    const h = axes.map((axis) => axis.h);
    const shape = [...kernel, channelsIn, channels];
    const stream = rng(seed);
    const beta = Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.normal());
    const theta = new Float64Array(beta.length);
    const pairs = channelsIn * channels;
    for (const s of points(kernel)) {
      for (const j of points(kernel)) {
        const factor = s.reduce((product, order, axis) => product * basis(kernel[axis]!, h[axis]!)[order]![j[axis]!]!, 1);
        for (let pair = 0; pair < pairs; pair++)
          theta[flatIndex(j, kernel) * pairs + pair]! += factor * beta[flatIndex(s, kernel) * pairs + pair]!;
      }
    }
    const scale = Math.max(...theta.map(Math.abs));
    const found = stencilFromBeta(ndarray(backend, beta, shape), h);
    expect(found.shape).toEqual(shape);
    found.toArray().forEach((x: number, i: number) => expect(Math.abs(x - theta[i]!)).toBeLessThan(1e-13 * scale));
    const back = betaFromStencil(found, h).toArray();
    back.forEach((x: number, i: number) => expect(Math.abs(x - beta[i]!)).toBeLessThan(1e-12 * scale));
  });

  test("θ = [−67, 129, −59] at n = 16 has β = [4, 0.5, 0.25], which gives [−263, 513, −247] at n = 32", () => {
    const beta = betaFromStencil(values([-67, 129, -59], [3, 1, 1]), 1 / 16).toArray();
    [4, 0.5, 0.25].forEach((x, i) => expect(beta[i]).toBeCloseTo(x, 12));
    expect([...stencilFromBeta(values([4, 0.5, 0.25], [3, 1, 1]), 1 / 32).toArray()]).toEqual([-263, 513, -247]);
  });

  test.each([
    [[3], 1, "betaFromStencil: the stencil is [3]; it must be [...kernel, channelsIn/groups, channels]"],
    [[2, 3, 1, 1], 1, "betaFromStencil: the kernel is [2, 3]; every width must be odd"],
    [[3, 1, 1], 0, "betaFromStencil: h is 0; it must be a positive number"],
    [[3, 1, 1], [1, 1], "betaFromStencil: h is [1, 1]; it must be a positive number, or one for each of the 1 axes"],
  ])("refuses a stencil %j with h = %j", (shape, h, message) => {
    const theta = ndarray(backend, new Float64Array(shape.reduce((a, b) => a * b, 1)), shape);
    expect(() => betaFromStencil(theta, h)).toThrow(message);
  });
});
