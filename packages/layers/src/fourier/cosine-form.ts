import { matmul, ndarray, reshape, type Shape, ShapeError, showShape, sizeOf, transpose, type Value } from "@paramat/core";
import { dct } from "../operator/dct.js";
import type { BlockForm } from "../structure/block-form.js";
import { orthogonalForm } from "../structure/orthogonal-form.js";
import type { PeriodicShape } from "./periodic-form.js";

/** A stencil's own sizes. */
export interface StencilShape {
  readonly kernel: Shape;
  readonly dilation: Shape;
}

/**
 * K(θ) = Cᵀ diag(B_k(θ)) C for stencils equal under reflection in each axis, with symmetric boundary on every axis and stride 1: C is the orthonormal
 * cosine transform (II) over the grid, and B_k = Σ_j θ_j Π_a cos(π d_a j_a k_a / n_a), j about the middle, d the dilation. An extended cosine meets only
 * cosines of its own frequency, since the sines cancel (Strang, "The discrete cosine transform", SIAM Review 41, 1999).
 * @param stencilOf parameters to θ, [...kernel, channelsIn, groups·channelsOut]; it must be symmetric for all of them, else K is another matrix than this
 * @throws ShapeError if dilation·(kernel − 1) is odd on an axis, so that the stencil has no point in its middle
 */
export function cosineForm(shape: PeriodicShape, { kernel, dilation }: StencilShape, stencilOf: (theta: Value) => Value): BlockForm {
  const { grid, groups, channelsIn, channelsOut } = shape;
  if (kernel.some((width, a) => ((dilation[a] as number) * (width - 1)) % 2 !== 0)) {
    throw new ShapeError(
      `cosineForm: a stencil of ${showShape(kernel)} with dilation ${showShape(dilation)} is not about a point of the grid; take odd widths`,
    );
  }
  const cosines = grid.map((n, a) => cosineMatrix(n, kernel[a] as number, dilation[a] as number));
  const blocksOf = (theta: Value) => {
    // Each step takes the first axis to frequencies and puts it last: [...kernel, channels] becomes [channels, ...grid].
    const symbols = cosines.reduce((x, matrix, a) => {
      const width = kernel[a] as number;
      const rest = x.size / width;
      return transpose(matmul(ndarray(x.backend, matrix, [grid[a] as number, width]), reshape(x, [width, rest])));
    }, stencilOf(theta));
    return transpose(reshape(symbols, [channelsIn, groups, channelsOut, sizeOf(grid)]), [3, 1, 2, 0]);
  };
  const axes = grid.map((_, a) => a);
  const input = dct([...grid, groups * channelsIn], { axes });
  if (channelsIn === channelsOut) return orthogonalForm(input, blocksOf, { numIn: channelsIn });
  const output = dct([...grid, groups * channelsOut], { axes });
  return orthogonalForm(input, blocksOf, { numIn: channelsIn, out: { transform: output, numOut: channelsOut } });
}

/** cos(π d (j − (w − 1)/2) k/n), row k for each frequency, column j for each entry of a stencil of width w. */
function cosineMatrix(n: number, width: number, dilation: number): Float64Array {
  const matrix = new Float64Array(n * width);
  for (let k = 0; k < n; k++) {
    for (let j = 0; j < width; j++) {
      // The angle is a whole multiple of π/n: reduced modulo 2n first, it keeps its digits for any stencil.
      const turns = (dilation * (j - (width - 1) / 2) * k) % (2 * n);
      matrix[k * width + j] = Math.cos((Math.PI * turns) / n);
    }
  }
  return matrix;
}
