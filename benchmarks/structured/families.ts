import type { Shape, Tree, Value } from "@paramat/core";
import {
  antisymmetricMatrix,
  bandedMatrix,
  circulant,
  convolution,
  dctDiagonal,
  denseMatrix,
  diagonalMatrix,
  diagonalPlusLowRank,
  gridNeighbours,
  hankel,
  kroneckerProduct,
  lowerTriangular,
  lowRank,
  mMatrix,
  type Parameterization,
  type ParametricOperator,
  rng,
  separableConvolution,
  sparseMatrix,
  symmetricMatrix,
  toeplitz,
  vjp,
  waveletDiagonal,
} from "paramat";

/** The three contractions of ⟨z, K(θ)y⟩ for any number of examples. */
export interface Contractions {
  readonly apply: (theta: Tree, y: Value) => Value;
  readonly applyTranspose: (theta: Tree, z: Value) => Value;
  readonly jacobianTranspose: (theta: Tree, y: Value, z: Value) => Tree;
}

/** A parameterization for each n = 2^log. */
export interface Family {
  readonly name: string;
  /** How the cost should grow, as it is printed: `n log n`. */
  readonly growth: string;
  readonly group: "dense" | "local" | "transformed" | "factored" | "entries";
  /** The largest log₂ n that is measured. */
  readonly most: number;
  readonly build: (log: number) => ParametricOperator<Tree>;
}

const MOST = 14;

/** Every parameterization with a square form, in the order of the tables. */
export const families: readonly Family[] = [
  family("dense", "n²", "dense", (log) => denseMatrix([2 ** log], [2 ** log]), 12),
  family("diagonal", "n", "local", (log) => diagonalMatrix(2 ** log)),
  family("tridiagonal", "n", "local", (log) => bandedMatrix(2 ** log, { lower: 1, upper: 1 })),
  family("banded, 9 diagonals", "n", "local", (log) => bandedMatrix(2 ** log, { lower: 4, upper: 4 })),
  family("sparse, 8 a row", "n", "local", (log) => sparseMatrix(scattered(2 ** log, 8))),
  family("M-matrix on a grid", "n", "local", (log) => mMatrix(2 ** log, { edges: gridNeighbours(square(log)) })),
  family("convolution 5×5", "n", "local", (log) => convolution([...square(log), 1], { channels: 1, kernel: 5 })),
  family("separable 5×5", "n", "local", (log) => separableConvolution([...square(log), 1], { channels: 1, kernel: 5 })),
  family("wavelet, 3 levels", "n", "transformed", (log) => waveletDiagonal([2 ** log], { levels: 3, axes: 0 })),
  family("cosine transform", "n log n", "transformed", (log) => dctDiagonal([2 ** log], { axes: 0 })),
  family("circulant", "n log n", "transformed", (log) => circulant(2 ** log)),
  family("circulant on a grid", "n log n", "transformed", (log) => circulant(square(log))),
  family("Toeplitz", "n log n", "transformed", (log) => toeplitz(2 ** log)),
  family("Hankel", "n log n", "transformed", (log) => hankel(2 ** log)),
  family("Kronecker", "n^1.5", "factored", (log) => kroneckerProduct(square(log).map((n) => denseMatrix([n], [n])))),
  family("low rank, 8", "n", "factored", (log) => lowRank([2 ** log], [2 ** log], 8)),
  family("diagonal + rank 8", "n", "factored", (log) => diagonalPlusLowRank([2 ** log], 8)),
  family("symmetric", "n²", "entries", (log) => symmetricMatrix(2 ** log), 10),
  family("antisymmetric", "n²", "entries", (log) => antisymmetricMatrix(2 ** log), 10),
  family("triangular", "n²", "entries", (log) => lowerTriangular(2 ** log), 10),
];

export function contractionsOf(K: ParametricOperator<Tree>): Contractions {
  const { apply, applyTranspose } = K;
  if (!("jacobianTranspose" in K)) {
    return { apply, applyTranspose, jacobianTranspose: (theta, y, z) => vjp((t: Tree) => apply(t, y), theta).pullback(z) as Tree };
  }
  const { jacobianTranspose } = K as unknown as Parameterization;
  return { apply, applyTranspose, jacobianTranspose: (_, y, z) => jacobianTranspose(y, z) };
}

function family<T extends Tree>(
  name: string,
  growth: string,
  group: Family["group"],
  build: (log: number) => ParametricOperator<T>,
  most = MOST,
): Family {
  return { name, growth, group, most, build: build as unknown as Family["build"] };
}

/** 2^log points on a grid of two axes, as square as may be. */
function square(log: number): Shape {
  return [2 ** Math.ceil(log / 2), 2 ** Math.floor(log / 2)];
}

/** `perRow` entries in each row, in columns drawn at random. */
function scattered(n: number, perRow: number) {
  const stream = rng(7);
  const [rows, cols]: [number[], number[]] = [[], []];
  for (let i = 0; i < n; i++) {
    const drawn = new Set<number>();
    while (drawn.size < perRow) drawn.add(Math.floor(stream.uniform() * n));
    for (const j of [...drawn].sort((a, b) => a - b)) {
      rows.push(i);
      cols.push(j);
    }
  }
  return { numRows: n, numCols: n, rows, cols };
}
