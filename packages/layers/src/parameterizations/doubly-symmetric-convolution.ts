import { type Shape, sizeOf } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import type { Rediscretizable } from "../stencils/rediscretize.js";
import { tiedConvolution } from "../stencils/tied-convolution.js";
import type { ConvolutionOptions } from "./convolution.js";

/**
 * Convolution with doubly symmetric stencils (lecture, "Build your own parametric model"): θ equal under reflection in each axis, so that η is its first
 * quadrant, middle included. 3×3: θ = [η₁ η₂ η₁; η₃ η₄ η₃; η₁ η₂ η₁], corner, the two sides, centre; 4 parameters instead of 9.
 * @param inShape [...grid, channels]
 * @returns η is [⌈w/2⌉ for each width w, channelsIn/groups, channels]. K(η) is symmetric for one channel (or each by itself) with odd widths, without
 * stride, and boundaries zero, periodic, symmetric or antisymmetric
 * @throws ShapeError if the options do not fit the grid
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { doublySymmetricConvolution, toDense } from "@paramat/layers";
 * const K = doublySymmetricConvolution([3, 1], { channels: 1, kernel: 3 });
 * toDense(K, ndarray(cpu(), [1, 2], [2, 1, 1])).toNested(); // → [[2, 1, 0], [1, 2, 1], [0, 1, 2]]
 */
export function doublySymmetricConvolution(inShape: Shape, options: ConvolutionOptions): Parameterization & Rediscretizable {
  return tiedConvolution("doublySymmetricConvolution", inShape, options, (kernel) => {
    const etaAxes = kernel.map((width) => Math.ceil(width / 2));
    const basis = Array.from({ length: sizeOf(etaAxes) }, () => new Array<number>(sizeOf(kernel)).fill(0));
    for (let flat = 0; flat < sizeOf(kernel); flat++) basis[quadrantIndex(flat, kernel, etaAxes)]![flat] = 1;
    return { basis, etaAxes };
  });
}

/** Row-major position in the first quadrant of the point that `flat` is reflected to. */
function quadrantIndex(flat: number, kernel: Shape, quadrant: Shape): number {
  let [rest, stride, result] = [flat, 1, 0];
  for (let axis = kernel.length - 1; axis >= 0; axis--) {
    const width = kernel[axis] as number;
    const j = rest % width;
    result += stride * Math.min(j, width - 1 - j);
    stride *= quadrant[axis] as number;
    rest = Math.floor(rest / width);
  }
  return result;
}
