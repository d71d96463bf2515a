import { cpu } from "@paramat/backends";
import { ndarray, ShapeError } from "@paramat/core";
import { describe, expect, test } from "vitest";
import {
  circulant,
  convolution,
  diagonalMatrix,
  doublySymmetricConvolution,
  type Parameterization,
  pointwiseConvolution,
  spectrum,
  tied,
  toDense,
  toeplitz,
} from "../../src/index.js";

const theta = ndarray(cpu("float64"), [1, 2, 3, 4]);
const one = { channels: 1, kernel: 3 };

describe("a θ of another shape", () => {
  const formed: readonly [Parameterization, string][] = [
    [convolution([5, 1], { ...one, boundary: "periodic" }), "convolution.blocks: theta is [4]; it must be [3, 1, 1]"],
    [circulant(3), "circulant.blocks: theta is [4]; it must be [3]"],
    [diagonalMatrix(3), "diagonalMatrix.blocks: theta is [4]; it must be [3]"],
    [pointwiseConvolution([3, 1], { channels: 1 }), "pointwiseConvolution.blocks: theta is [4]; it must be [1, 1, 1]"],
    [tied(diagonalMatrix(2), [[1], [1]]), "tied diagonalMatrix.blocks: theta is [4]; it must be [1]"],
    // As many numbers as it must have.
    [
      doublySymmetricConvolution([5, 5, 1], { ...one, boundary: "symmetric" }),
      "doublySymmetricConvolution.blocks: theta is [4]; it must be [2, 2, 1, 1]",
    ],
  ];
  test.each(formed)("is named where $name works by its blocks", (K, message) => {
    expect(() => spectrum(K, theta)).toThrow(ShapeError);
    expect(() => spectrum(K, theta)).toThrow(message);
  });

  test("is named where K says its entries", () => {
    expect(() => toDense(toeplitz(3), theta)).toThrow("toDense of toeplitz: theta is [4]; it must be [5]");
  });
});
