import { abs, type Shape } from "@paramat/core";
import { nonNegative } from "../constraints/non-negative.js";
import type { Parameterization } from "../parameterization.js";
import { requireOddWidths } from "../stencils/kernel-shape.js";
import type { Rediscretizable } from "../stencils/rediscretize.js";
import { tiedConvolution } from "../stencils/tied-convolution.js";
import type { ConvolutionOptions } from "./convolution.js";
import { randomNormal } from "./random-normal.js";
import { differencesToMiddle } from "./zero-sum-stencil-convolution.js";

/**
 * Convolution with M-matrix stencils (lecture, "Build your own parametric model"): −η ≤ 0 off the middle, row-major, and Σ η in the middle;
 * 3 numbers: θ = [−η₁, η₁ + η₂, −η₂], so (K(η)y)_i = Σⱼ ηⱼ (y_i − y_{i−j}), like a Laplacian with weights. The constraint is η ≥ 0.
 * @param inShape [...grid, channels]
 * @returns η is [numbers of the kernel − 1, channelsIn/groups, channels]. K(η) is an M-matrix for one channel (or each by itself), without stride, and
 * any boundary but antisymmetric; with several channels each block K^{ij} is one
 * @throws ShapeError if the options do not fit the grid, a width is even, or the kernel is a single point
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { mMatrixStencilConvolution, toDense } from "@paramat/layers";
 * const K = mMatrixStencilConvolution([3, 1], { channels: 1, kernel: 3 });
 * toDense(K, ndarray(cpu(), [1, 2], [2, 1, 1])).toNested(); // → [[3, -1, 0], [-2, 3, -1], [0, -2, 3]]
 */
export function mMatrixStencilConvolution(inShape: Shape, options: ConvolutionOptions): Parameterization & Rediscretizable {
  const name = "mMatrixStencilConvolution";
  return tiedConvolution(name, inShape, options, (kernel) => {
    requireOddWidths(name, kernel);
    const basis = differencesToMiddle(name, kernel).map((stencil) => stencil.map((x) => -x));
    return {
      basis,
      constraint: nonNegative,
      // Strictly inside, where softplus has a preimage; about 1/(number of neighbours) keeps the size of y.
      init: (rng, backend, shape) => abs(randomNormal(rng, backend, shape, 1 / (basis.length * (shape.at(-2) as number)))),
    };
  });
}
