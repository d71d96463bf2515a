import { type Shape, ShapeError, showShape, sizeOf } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import type { Rediscretizable } from "../stencils/rediscretize.js";
import { tiedConvolution } from "../stencils/tied-convolution.js";
import type { ConvolutionOptions } from "./convolution.js";

/**
 * Convolution with antisymmetric stencils, θ₋ⱼ = −θⱼ, as first derivatives have: η is the first half of θ, row-major. 3 numbers: θ = [η, 0, −η]; 3×3:
 * θ = [η₁ η₂ η₃; η₄ 0 −η₄; −η₃ −η₂ −η₁].
 * @param inShape [...grid, channels]
 * @returns η is [⌊numbers of the kernel/2⌋, channelsIn/groups, channels]. K(η) is antisymmetric for one channel (or each by itself) with odd widths,
 * without stride, and boundaries zero or periodic: its eigenvalues are imaginary
 * @throws ShapeError if the options do not fit the grid, or the kernel is a single point
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { antisymmetricStencilConvolution, toDense } from "@paramat/layers";
 * const K = antisymmetricStencilConvolution([3, 1], { channels: 1, kernel: 3 });
 * toDense(K, ndarray(cpu(), [0.5], [1, 1, 1])).toNested(); // → [[0, 0.5, 0], [-0.5, 0, 0.5], [0, -0.5, 0]]
 */
export function antisymmetricStencilConvolution(inShape: Shape, options: ConvolutionOptions): Parameterization & Rediscretizable {
  const name = "antisymmetricStencilConvolution";
  return tiedConvolution(name, inShape, options, (kernel) => {
    const taps = sizeOf(kernel);
    if (taps < 2)
      throw new ShapeError(`${name}: the kernel is ${showShape(kernel)}; it must have 2 points or more, or nothing is left of it`);
    return {
      basis: Array.from({ length: Math.floor(taps / 2) }, (_, k) =>
        Array.from({ length: taps }, (_, j) => (j === k ? 1 : j === taps - 1 - k ? -1 : 0)),
      ),
    };
  });
}
