import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { averagePoolingOperator } from "../../src/index.js";
import { expectOperator } from "./expect-operator.js";
import { alongAll, identity, matrix } from "./naive-matrix.js";

const along = (n: number, window: number, stride: number) =>
  matrix(Math.floor((n - window) / stride) + 1, n, (i, j) => (j >= stride * i && j < stride * i + window ? 1 / window : 0));

describe("averagePoolingOperator", () => {
  const axis = fc.record({
    n: fc.integer({ min: 3, max: 6 }),
    window: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
  });
  property.prop([fc.array(axis, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 2 })], { numRuns: 25 })(
    "is the mean over each window, window and stride as given",
    (axes, channels) => {
      const A = averagePoolingOperator([...axes.map((a) => a.n), channels], {
        window: axes.map((a) => a.window),
        stride: axes.map((a) => a.stride),
      });
      expectOperator(A, alongAll([...axes.map((a) => along(a.n, a.window, a.stride)), identity(channels)]));
    },
  );

  test("padding does not count unless asked to", () => {
    const padding = [[1, 1]] as const;
    const A = averagePoolingOperator([4, 1], { window: 2, padding });
    expectOperator(A, [1, 0, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0, 1]);
    const counting = averagePoolingOperator([4, 1], { window: 2, padding, countPadding: true });
    expectOperator(counting, [0.5, 0, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0, 0.5]);
  });

  test("refuses windows that do not fit", () => {
    expect(() => averagePoolingOperator([2, 1], { window: 3 })).toThrow(
      "averagePoolingOperator: windows of [3] do not fit into inputs of [2, 1], [...grid, channels]; use smaller windows",
    );
    expect(() => averagePoolingOperator([2, 1], { window: 0 })).toThrow("averagePoolingOperator: window is 0; it must be an integer ≥ 1");
  });
});
