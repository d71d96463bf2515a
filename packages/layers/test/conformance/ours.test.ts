import { cpu } from "@paramat/backends";
import { describe, expect, test } from "vitest";
import {
  antisymmetricMatrix,
  antisymmetricStencilConvolution,
  bandedMatrix,
  circulant,
  convolution,
  dct,
  dctDiagonal,
  denseMatrix,
  depthwiseConvolution,
  diagonalMatrix,
  differentialConvolution,
  doublySymmetricConvolution,
  gridNeighbours,
  hankel,
  kronecker,
  lowerTriangular,
  mMatrix,
  mMatrixStencilConvolution,
  type Parameterization,
  pointwiseConvolution,
  sparseMatrix,
  symmetricMatrix,
  toeplitz,
  upperTriangular,
  waveletDiagonal,
  zeroSumStencilConvolution,
} from "../../src/index.js";
import { checkConformance } from "../../src/laws.js";

const backend = cpu("float64");
const stencil = { channels: 1, kernel: 3 } as const;

/** One of each, small. */
const ours: Readonly<Record<string, Parameterization>> = {
  denseMatrix: denseMatrix([4], [3]),
  diagonalMatrix: diagonalMatrix([2, 3]),
  antisymmetricMatrix: antisymmetricMatrix(4),
  symmetricMatrix: symmetricMatrix(3),
  lowerTriangular: lowerTriangular(4),
  upperTriangular: upperTriangular(3),
  bandedMatrix: bandedMatrix(5, { lower: 1, upper: 2 }),
  "mMatrix, all pairs": mMatrix(3),
  "mMatrix, a grid": mMatrix(6, { edges: gridNeighbours([2, 3]) }),
  sparseMatrix: sparseMatrix({ numRows: 3, numCols: 4, rows: [0, 1, 2, 2], cols: [1, 3, 0, 2] }),
  toeplitz: toeplitz(4, 3),
  "toeplitz by FFT": toeplitz(5, 5, { path: "fft" }),
  hankel: hankel(3, 4),
  circulant: circulant(5),
  "circulant by FFT": circulant([4, 3], { path: "fft" }),
  kronecker: kronecker(dct([2, 1]), antisymmetricMatrix(3)),
  dctDiagonal: dctDiagonal([5, 1]),
  waveletDiagonal: waveletDiagonal([8, 1]),
  "convolution, every axis another boundary": convolution([4, 5, 2], { channels: 3, kernel: 3, boundary: ["zero", "antisymmetric"] }),
  "convolution by FFT": convolution([4, 5, 2], { channels: 2, kernel: 3, boundary: "periodic", path: "fft" }),
  "convolution, strided, dilated, grouped": convolution([9, 4], {
    channels: 2,
    kernel: 3,
    stride: 2,
    dilation: 2,
    groups: 2,
    boundary: "replicate",
  }),
  depthwiseConvolution: depthwiseConvolution([4, 4, 2], { kernel: 3 }),
  pointwiseConvolution: pointwiseConvolution([4, 4, 2], { channels: 3 }),
  doublySymmetricConvolution: doublySymmetricConvolution([4, 4, 1], { ...stencil, boundary: "symmetric" }),
  antisymmetricStencilConvolution: antisymmetricStencilConvolution([6, 1], { ...stencil, boundary: "periodic" }),
  zeroSumStencilConvolution: zeroSumStencilConvolution([6, 1], stencil),
  mMatrixStencilConvolution: mMatrixStencilConvolution([4, 4, 1], stencil),
  differentialConvolution: differentialConvolution([6, 1], { channels: 1, h: 1 / 6, boundary: "periodic" }),
};

describe("every parameterization of ours passes the kit", () => {
  test.each(Object.entries(ours))("%s", (_, K) => {
    const report = checkConformance(K, backend, { float32: cpu("float32"), timing: false });
    expect(report.ok, String(report)).toBe(true);
    expect(report.results.filter(({ verdict }) => verdict !== "holds")).toEqual([]);
  });
});
