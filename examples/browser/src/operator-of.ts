import {
  antisymmetricMatrix,
  antisymmetricStencilConvolution,
  bandedMatrix,
  circulant,
  convolution,
  daubechies,
  dctDiagonal,
  denseMatrix,
  depthwiseConvolution,
  depthwiseSeparableConvolution,
  diagonalMatrix,
  diagonalPlusLowRank,
  differentialConvolution,
  doublySymmetricConvolution,
  gridNeighbours,
  hankel,
  kroneckerProduct,
  lowerTriangular,
  lowRank,
  mMatrix,
  mMatrixStencilConvolution,
  type ParametricOperator,
  pointwiseConvolution,
  type Shape,
  separableConvolution,
  sizeOf,
  sparseMatrix,
  symmetricMatrix,
  type Tree,
  toeplitz,
  upperTriangular,
  waveletDiagonal,
  zeroSumStencilConvolution,
} from "paramat";
import type { FamilyId } from "./families.js";
import { onImages } from "./on-images.js";
import type { Settings } from "./settings.js";

/** What K is made for. */
interface Wanted {
  /** [height, width, 1]. */
  readonly shape: Shape;
  readonly grid: Shape;
  /** Number of pixels. */
  readonly n: number;
  readonly width: number;
  readonly channels: number;
  /** As convolutions take them. */
  readonly stencil: Parameters<typeof convolution>[1];
}

const makers: Readonly<Record<FamilyId, (wanted: Wanted) => unknown>> = {
  convolution: ({ shape, stencil }) => convolution(shape, stencil),
  separable: ({ shape, stencil }) => separableConvolution(shape, stencil),
  doublySymmetric: ({ shape, stencil }) => doublySymmetricConvolution(shape, stencil),
  antisymmetricStencil: ({ shape, stencil }) => antisymmetricStencilConvolution(shape, stencil),
  mMatrixStencil: ({ shape, stencil }) => mMatrixStencilConvolution(shape, stencil),
  zeroSum: ({ shape, stencil }) => zeroSumStencilConvolution(shape, stencil),
  depthwise: ({ shape, stencil: { channels, ...rest } }) => depthwiseConvolution(shape, { ...rest, multiplier: channels }),
  depthwiseSeparable: ({ shape, stencil }) => depthwiseSeparableConvolution(shape, stencil),
  // With pixels a step of 1 apart one learning rate serves all orders.
  differential: ({ shape, stencil: { kernel: _, ...rest } }) => differentialConvolution(shape, { ...rest, h: 1 }),
  pointwise: ({ shape, channels }) => pointwiseConvolution(shape, { channels }),
  circulant2d: ({ grid }) => circulant(grid),
  circulant: ({ n }) => circulant(n),
  toeplitz: ({ n }) => toeplitz(n),
  hankel: ({ n }) => hankel(n),
  diagonal: ({ shape }) => diagonalMatrix(shape),
  cosine: ({ shape }) => dctDiagonal(shape),
  haar: ({ shape, grid }) => waveletDiagonal(shape, { levels: levelsOf(grid) }),
  wavelet: ({ shape, grid }) => waveletDiagonal(shape, { family: daubechies(2), levels: levelsOf(grid) }),
  dense: ({ shape }) => denseMatrix(shape, shape),
  symmetric: ({ shape }) => symmetricMatrix(shape),
  antisymmetric: ({ shape }) => antisymmetricMatrix(shape),
  lowerTriangular: ({ shape }) => lowerTriangular(shape),
  upperTriangular: ({ shape }) => upperTriangular(shape),
  mMatrixFull: ({ shape }) => mMatrix(shape),
  mMatrix: ({ shape, grid }) => mMatrix(shape, { edges: gridNeighbours(grid) }),
  banded: ({ shape, width }) => bandedMatrix(shape, { lower: width, upper: width }),
  sparse: ({ n, grid }) => sparseMatrix(neighbourhood(n, grid)),
  lowRank: ({ shape, width }) => lowRank(shape, shape, width),
  diagonalPlusLowRank: ({ shape, width }) => diagonalPlusLowRank(shape, width),
  kronecker: ({ grid }) => kroneckerProduct(grid.map((size) => denseMatrix([size], [size]))),
};

/**
 * K of a family, from images of one channel to images.
 * @param shape [height, width, 1]
 * @throws ShapeError if the settings do not fit the images
 */
export function operatorOf(
  family: FamilyId,
  shape: Shape,
  { width, channels, boundary }: Pick<Settings, "width" | "channels" | "boundary">,
): ParametricOperator<Tree> {
  const stencil = { kernel: width, channels, boundary };
  const made = makers[family]({ shape, grid: shape.slice(0, -1), n: sizeOf(shape), width, channels, stencil }) as ParametricOperator<Tree>;
  return made.inShape.length === shape.length ? made : onImages(made, shape);
}

/** As many halvings as the grid allows, three at most. */
function levelsOf(grid: Shape): number {
  return [3, 2, 1, 0].find((levels) => grid.every((n) => n % 2 ** levels === 0))!;
}

/** Each point with itself and its neighbours. */
function neighbourhood(n: number, grid: Shape) {
  const edges = gridNeighbours(grid);
  const own = Array.from({ length: n }, (_, i) => i);
  return { numRows: n, numCols: n, rows: [...own, ...edges.map(([i]) => i)], cols: [...own, ...edges.map(([, j]) => j)] };
}
