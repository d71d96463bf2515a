import { type Shape, ShapeError, sizeOf } from "@paramat/core";
import { fromEntries } from "../plugin/from-entries.js";
import type { ExplicitParameterization, MatrixEntry } from "../plugin/matrix-entries.js";
import { vectorShape } from "./vector-shape.js";

export interface BandedOptions {
  /** Diagonals below the main one, i − j ≤ lower. */
  readonly lower: number;
  /** Diagonals above the main one, j − i ≤ upper. */
  readonly upper: number;
  /** Rows, as a number or the shape of one result, where K is not square. */
  readonly outSize?: number | Shape;
}

/**
 * A banded matrix: K[i, j] is free where −lower ≤ j − i ≤ upper, else 0. θ is the band, row by row; with lower = upper = 1 and n = 3,
 * K = [θ₁ θ₂ 0; θ₃ θ₄ θ₅; 0 θ₆ θ₇].
 * @param size columns n, as a number or the shape of one example; rows too unless `outSize` says otherwise
 * @throws ShapeError if a size is not a positive integer, a bandwidth is not an integer ≥ 0
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { bandedMatrix, toDense } from "@paramat/layers";
 * toDense(bandedMatrix(3, { lower: 1, upper: 0 }), ndarray(cpu(), [1, 2, 3, 4, 5])).toNested(); // → [[1, 0, 0], [2, 3, 0], [0, 4, 5]]
 */
export function bandedMatrix(size: number | Shape, options: BandedOptions): ExplicitParameterization {
  const { lower, upper } = options;
  const inShape = vectorShape("bandedMatrix", size);
  const outShape = vectorShape("bandedMatrix", options.outSize ?? size);
  if (![lower, upper].every((w) => Number.isInteger(w) && w >= 0)) {
    throw new ShapeError(
      `bandedMatrix: lower is ${lower}, upper is ${upper}; both must be integers ≥ 0, the number of diagonals on each side`,
    );
  }
  const [m, n] = [sizeOf(outShape), sizeOf(inShape)];
  const reachesCorner = (n > 1 && upper >= n - 1) || (m > 1 && lower >= m - 1);
  const entries = [...band(m, n, lower, upper)];
  return fromEntries({
    name: "bandedMatrix",
    rows: m,
    cols: n,
    inShape,
    outShape,
    numParams: entries.length,
    tags: [
      // A band as wide as the matrix is no claim.
      ...(reachesCorner ? [] : (["banded"] as const)),
      ...(lower === 0 ? (["upperTriangular"] as const) : []),
      ...(upper === 0 ? (["lowerTriangular"] as const) : []),
    ],
    entries,
  });
}

function* band(m: number, n: number, lower: number, upper: number): Iterable<MatrixEntry> {
  let param = 0;
  for (let i = 0; i < m; i++) {
    for (let j = Math.max(0, i - lower); j <= Math.min(n - 1, i + upper); j++) yield [i, j, [[param++, 1]]];
  }
}
