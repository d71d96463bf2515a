import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { resampleDense } from "../../src/index.js";
import { values } from "./expect-stencil-model.js";
import { flatIndex, points } from "./naive-convolution.js";

const backend = cpu("float64");

describe("resampleDense", () => {
  property.prop(
    [
      fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: 1, max: 1e6 }),
    ],
    { numRuns: 25 },
  )("gives for an image with repeated points what it gave for the image, and comes back", (axes, channels, seed) => {
    const from = [...axes.map(([n]) => n), channels];
    const to = [...axes.map(([n, r]) => n * r), channels];
    const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
    const stream = rng(seed);
    const draw = (n: number) => Float64Array.from({ length: n }, () => stream.normal());
    const [theta, y] = [draw(2 * size(from)), draw(size(from))];
    const fine = resampleDense(ndarray(backend, theta, [2, size(from)]), from, to);
    const repeated = points(to).map(
      (p) =>
        y[
          flatIndex(
            p.map((x, axis) => (axis < axes.length ? Math.floor(x / axes[axis]![1]) : x)),
            from,
          )
        ]!,
    );
    const w = fine.toArray();
    for (const row of [0, 1]) {
      const before = y.reduce((sum, x, i) => sum + x * theta[row * y.length + i]!, 0);
      const after = repeated.reduce((sum, x, i) => sum + x * w[row * repeated.length + i]!, 0);
      expect(after).toBeCloseTo(before, 12);
    }
    resampleDense(fine, to, from)
      .toArray()
      .forEach((x: number, i: number) => expect(x).toBeCloseTo(theta[i]!, 12));
  });

  test("by hand", () => {
    expect(resampleDense(values([4, 8], [1, 2]), [2, 1], [4, 1]).toNested()).toEqual([[2, 2, 4, 4]]);
    expect(resampleDense(values([1, 2, 3, 4], [1, 4]), [2, 2, 1], [1, 2, 1]).toNested()).toEqual([[4, 6]]);
  });

  test.each([
    [[1, 3], [2, 1], [4, 1], "resampleDense: theta is [1, 3] for examples [2, 1]; it must be [m, 2]"],
    [
      [1, 4],
      [4, 1],
      [6, 1],
      "resampleDense: from [4, 1] to [6, 1]; channels must agree, and along each axis one number of points must be a multiple",
    ],
    [[1, 4], [2, 2], [2, 4], "channels must agree"],
  ])("refuses theta %j from %j to %j", (shape, from, to, message) => {
    expect(() => resampleDense(ndarray(backend, new Float64Array(shape[0]! * shape[1]!), shape), from, to)).toThrow(message);
  });
});
