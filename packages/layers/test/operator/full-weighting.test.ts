import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { fullWeighting, upsampling } from "../../src/index.js";
import { expectOperator } from "./expect-operator.js";
import { alongAll, identity, matrix } from "./naive-matrix.js";

/** Hats of width 2·factor about the coarse points, of sum 1 inside, on a circle. */
const onCircle = (n: number, factor: number) =>
  matrix(n / factor, n, (i, j) => {
    let weight = 0;
    for (let turn = -1; turn <= 1; turn++) weight += Math.max(0, 1 - Math.abs(j - factor * i + turn * n) / factor) / factor;
    return weight;
  });

describe("fullWeighting", () => {
  property.prop(
    [fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })],
    {
      numRuns: 20,
    },
  )("is the mean under hats; on a circle in two dimensions", (n, m, factor, channels) => {
    const R = fullWeighting([n * factor, m * factor, channels], factor, { boundary: "periodic" });
    expectOperator(R, alongAll([onCircle(n * factor, factor), onCircle(m * factor, factor), identity(channels)]));
  });

  test("of 6 points by hand, with a replicated end", () => {
    const matrix = [
      [2, 1, 0, 0, 0, 0],
      [0, 1, 2, 1, 0, 0],
      [0, 0, 0, 1, 2, 2],
    ];
    expectOperator(
      fullWeighting([6]),
      matrix.flat().map((x) => x / 4),
    );
  });

  test("goes back to the shape that upsampling started from", () => {
    expect(fullWeighting(upsampling([4, 5, 2], [2, 3]).outShape, [2, 3]).outShape).toEqual([4, 5, 2]);
  });

  test("refuses what does not divide", () => {
    expect(() => fullWeighting([5, 1])).toThrow("fullWeighting: axis 0 of [5, 1] has 5 points; it must be a multiple of 2");
  });
});
