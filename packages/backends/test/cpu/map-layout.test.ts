import { describe, expect, test } from "vitest";
import { collapse, transposing } from "../../src/cpu/map-layout.js";

describe("collapse", () => {
  test("contiguous inputs become one axis, whatever the shape", () => {
    expect(collapse([2, 1, 3, 4], [[12, 99, 4, 1]])).toEqual({ sizes: [24], outStrides: [1], strides: [[1]] });
  });

  test("axes merge only where every input allows it: a bias over [examples, grid, channels]", () => {
    const y = [15, 3, 1];
    const bias = [0, 0, 1];
    expect(collapse([4, 5, 3], [y, bias])).toEqual({
      sizes: [20, 3],
      outStrides: [3, 1],
      strides: [
        [3, 1],
        [0, 1],
      ],
    });
  });

  test("flipped axes merge with flipped ones, a transpose stays", () => {
    expect(collapse([2, 3], [[-3, -1]])).toEqual({ sizes: [6], outStrides: [1], strides: [[-1]] });
    expect(collapse([2, 3], [[1, 2]])).toEqual({ sizes: [2, 3], outStrides: [3, 1], strides: [[1, 2]] });
  });

  test("a scalar is one axis of size 1", () => {
    expect(collapse([], [[], []])).toEqual({ sizes: [1], outStrides: [1], strides: [[1], [1]] });
    expect(collapse([1, 1], [[7, 0]])).toEqual({ sizes: [1], outStrides: [1], strides: [[1]] });
  });
});

describe("transposing", () => {
  test("brings the axis along which the input is contiguous next to the innermost", () => {
    expect(transposing(collapse([64, 50, 40], [[1, 5120, 64]]), 32)).toEqual({
      sizes: [50, 64, 40],
      outStrides: [40, 2000, 1],
      strides: [[5120, 1, 64]],
    });
  });

  test("leaves ordered reads and small axes alone", () => {
    expect(transposing(collapse([64, 64], [[128, 1]]), 32)).toBeUndefined();
    expect(transposing(collapse([64, 8], [[1, 64]]), 32)).toBeUndefined();
    expect(transposing(collapse([64], [[2]]), 32)).toBeUndefined();
  });
});
