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
  type Parameterization,
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
import { onImages } from "./on-images.js";
import type { Settings } from "./settings.js";

export type FamilyOptions = Pick<Settings, "width" | "channels" | "boundary">;

/** A way to parameterize K(θ), for images of one channel. */
export interface Family {
  readonly name: string;
  readonly group: "Stencils" | "Toeplitz and circulant" | "Diagonal in a basis" | "Matrices" | "Few parameters";
  /** What `width` means here; absent where it means nothing. */
  readonly widthIs?: "stencil width" | "bandwidth" | "rank";
  readonly hasBoundary?: boolean;
  readonly hasChannels?: boolean;
  /** @param shape [height, width, 1] */
  readonly make: (shape: Shape, options: FamilyOptions) => ParametricOperator<Tree>;
}

const any = (K: unknown): ParametricOperator<Tree> => K as ParametricOperator<Tree>;

const stencils = (name: string, make: (shape: Shape, options: Parameters<typeof convolution>[1]) => unknown): Family => ({
  name,
  group: "Stencils",
  widthIs: "stencil width",
  hasBoundary: true,
  hasChannels: true,
  make: (shape, { width, channels, boundary }) => any(make(shape, { kernel: width, channels, boundary })),
});

const matrix = (name: string, group: Family["group"], make: (shape: Shape, options: FamilyOptions) => unknown): Family => ({
  name,
  group,
  make: (shape, options) => any(make(shape, options)),
});

/** Of vectors or of grids without channels, put to work on images. */
const flat = (name: string, group: Family["group"], make: (n: number, shape: Shape) => Parameterization): Family => ({
  name,
  group,
  make: (shape) => onImages(any(make(sizeOf(shape), shape)), shape),
});

/** Every parameterization of K that the page offers, by the name that checkpoints keep. */
export const families = {
  convolution: stencils("convolution", convolution),
  separable: stencils("separable convolution", separableConvolution),
  doublySymmetric: stencils("doubly symmetric convolution", doublySymmetricConvolution),
  antisymmetricStencil: stencils("antisymmetric convolution", antisymmetricStencilConvolution),
  mMatrixStencil: stencils("M-matrix convolution", mMatrixStencilConvolution),
  zeroSum: stencils("convolution with zero sum", zeroSumStencilConvolution),
  depthwise: stencils("depthwise convolution", (shape, { channels, ...rest }) =>
    depthwiseConvolution(shape, { ...rest, multiplier: channels }),
  ),
  depthwiseSeparable: stencils("depthwise separable convolution", depthwiseSeparableConvolution),
  differential: {
    ...stencils("differential operators: identity, ∂x, ∂y, ∇²", (shape, { channels, boundary }) =>
      differentialConvolution(shape, { channels, ...(boundary && { boundary }), h: 1 }),
    ),
    widthIs: undefined,
  },
  pointwise: {
    ...stencils("pointwise convolution, 1 × 1", (shape, { channels }) => pointwiseConvolution(shape, { channels })),
    widthIs: undefined,
    hasBoundary: false,
  },
  circulant2d: flat("circulant on the grid (BCCB)", "Toeplitz and circulant", (_, shape) => circulant(shape.slice(0, -1))),
  circulant: flat("circulant", "Toeplitz and circulant", (n) => circulant(n)),
  toeplitz: flat("Toeplitz", "Toeplitz and circulant", (n) => toeplitz(n)),
  hankel: flat("Hankel", "Toeplitz and circulant", (n) => hankel(n)),
  diagonal: matrix("diagonal", "Diagonal in a basis", diagonalMatrix),
  cosine: matrix("diagonal after the cosine transform", "Diagonal in a basis", (shape) => dctDiagonal(shape)),
  haar: matrix("diagonal in Haar wavelets", "Diagonal in a basis", (shape) => waveletDiagonal(shape, { levels: levelsOf(shape) })),
  wavelet: matrix("diagonal in Daubechies wavelets", "Diagonal in a basis", (shape) =>
    waveletDiagonal(shape, { family: daubechies(2), levels: levelsOf(shape) }),
  ),
  dense: matrix("dense", "Matrices", (shape) => denseMatrix(shape, shape)),
  symmetric: matrix("symmetric", "Matrices", symmetricMatrix),
  antisymmetric: matrix("antisymmetric", "Matrices", antisymmetricMatrix),
  lowerTriangular: matrix("lower triangular", "Matrices", lowerTriangular),
  upperTriangular: matrix("upper triangular", "Matrices", upperTriangular),
  mMatrixFull: matrix("M-matrix", "Matrices", (shape) => mMatrix(shape)),
  mMatrix: matrix("M-matrix on the grid", "Few parameters", (shape) => mMatrix(shape, { edges: gridNeighbours(shape.slice(0, -1)) })),
  banded: {
    ...matrix("banded", "Few parameters", (shape, { width }) => bandedMatrix(shape, { lower: width, upper: width })),
    widthIs: "bandwidth",
  },
  sparse: flat("sparse, neighbours on the grid", "Few parameters", (n, shape) => sparseMatrix(neighbourhood(n, shape))),
  lowRank: { ...matrix("low rank", "Few parameters", (shape, { width }) => lowRank(shape, shape, width)), widthIs: "rank" },
  diagonalPlusLowRank: {
    ...matrix("diagonal + low rank", "Few parameters", (shape, { width }) => diagonalPlusLowRank(shape, width)),
    widthIs: "rank",
  },
  kronecker: {
    name: "Kronecker product of rows and columns",
    group: "Few parameters",
    make: (shape) => onImages(any(kroneckerProduct([denseMatrix([shape[0]!], [shape[0]!]), denseMatrix([shape[1]!], [shape[1]!])])), shape),
  },
} as const satisfies Readonly<Record<string, Omit<Family, "widthIs"> & { readonly widthIs?: Family["widthIs"] | undefined }>>;

export type FamilyId = keyof typeof families;

/** As many halvings as the grid allows, three at most. */
function levelsOf(shape: Shape): number {
  const grid = shape.slice(0, -1);
  return [3, 2, 1, 0].find((levels) => grid.every((n) => n % 2 ** levels === 0))!;
}

/** Each point with itself and its neighbours. */
function neighbourhood(n: number, shape: Shape) {
  const edges = gridNeighbours(shape.slice(0, -1));
  const own = Array.from({ length: n }, (_, i) => i);
  return { numRows: n, numCols: n, rows: [...own, ...edges.map(([i]) => i)], cols: [...own, ...edges.map(([, j]) => j)] };
}
