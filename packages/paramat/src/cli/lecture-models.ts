import { type Shape, sizeOf, tanh } from "@paramat/core";
import {
  activation,
  antisymmetricMatrix,
  convolution,
  daubechies,
  denseMatrix,
  diagonalMatrix,
  doublySymmetricConvolution,
  gridNeighbours,
  type Layer,
  mMatrix,
  operatorLayer,
  parametric,
  separableConvolution,
  waveletDiagonal,
} from "@paramat/layers";

/** The first layer σ(K(θ)Y + b) of a model of the lecture, from images to as many features. */
export interface LectureModel {
  readonly name: string;
  readonly features: readonly Layer[];
}

/**
 * The parametric models of the lecture, each a map of R^n to itself, n the number of pixels; σ = tanh.
 * @param inShape [height, width, 1]
 */
export function lectureModels(inShape: Shape): readonly LectureModel[] {
  const grid = inShape.slice(0, -1);
  const model = (name: string, layer: Layer): LectureModel => ({ name, features: [layer, activation(tanh)] });
  const stencil = { channels: 1, kernel: 5 } as const;
  return [
    model(
      "dense",
      parametric("dense", (shape) => denseMatrix(shape, shape)),
    ),
    model("diagonal", parametric("diagonal", diagonalMatrix)),
    model("antisymmetric", parametric("antisymmetric", antisymmetricMatrix)),
    model(
      "M-matrix on the grid",
      parametric("mMatrix", () => mMatrix(inShape, { edges: gridNeighbours(grid) })),
    ),
    model(
      "convolution, zero",
      parametric("conv", (shape) => convolution(shape, { ...stencil, boundary: "zero" })),
    ),
    model(
      "convolution, periodic",
      parametric("conv", (shape) => convolution(shape, { ...stencil, boundary: "periodic" })),
    ),
    model(
      "separable",
      operatorLayer("separable", (shape) => separableConvolution(shape, stencil)),
    ),
    model(
      "doubly symmetric",
      parametric("doublySymmetric", (shape) => doublySymmetricConvolution(shape, stencil)),
    ),
    model(
      "wavelet",
      parametric("wavelet", (shape) => waveletDiagonal(shape, { family: daubechies(2), levels: levelsOf(grid) })),
    ),
  ];
}

/** As many levels as the grid allows, three at most. */
function levelsOf(grid: Shape): number {
  let levels = 0;
  while (levels < 3 && sizeOf(grid) > 0 && grid.every((n) => n % 2 ** (levels + 1) === 0)) levels++;
  return levels;
}
