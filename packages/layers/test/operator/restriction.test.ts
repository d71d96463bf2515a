import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { restriction } from "../../src/index.js";
import { expectOperator } from "./expect-operator.js";
import { alongAll, identity, matrix } from "./naive-matrix.js";

const along = (n: number, stride: number, offset: number) =>
  matrix(Math.ceil((n - offset) / stride), n, (i, j) => (j === offset + stride * i ? 1 : 0));

describe("restriction", () => {
  const axis = fc.record({ n: fc.integer({ min: 1, max: 7 }), stride: fc.integer({ min: 1, max: 3 }), offset: fc.nat(6) });
  property.prop([fc.array(axis, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 2 }), fc.nat(1e6)], { numRuns: 30 })(
    "keeps every stride-th point of each axis",
    (drawn, channels, seed) => {
      const axes = drawn.map((a) => ({ ...a, offset: a.offset % a.n }));
      const R = restriction(
        [...axes.map((a) => a.n), channels],
        axes.map((a) => a.stride),
        { offset: axes.map((a) => a.offset) },
      );
      expectOperator(R, alongAll([...axes.map((a) => along(a.n, a.stride, a.offset)), identity(channels)]), seed);
    },
  );

  test("of 5 points with stride 2: the first, third and fifth", () => {
    expectOperator(restriction([5], 2), [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
  });

  test("refuses strides and offsets that do not fit", () => {
    expect(() => restriction([4, 4, 1], 0)).toThrow(
      "restriction: stride is 0; it must be an integer ≥ 1, or a list of 2 such, one for each axis",
    );
    expect(() => restriction([4, 4, 1], [2])).toThrow("restriction: stride is [2]");
    expect(() => restriction([4, 1], 2, { offset: 4 })).toThrow("restriction: offset 4 on an axis of 4 points; it must be in 0 … 3");
    expect(() => restriction([4, 1], 2, { offset: -1 })).toThrow("restriction: offset is -1; it must be an integer ≥ 0");
  });
});
