import { type Shape, ShapeError, showShape, sizeOf } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import type { Rediscretizable } from "../stencils/rediscretize.js";
import { tiedConvolution } from "../stencils/tied-convolution.js";
import type { ConvolutionOptions } from "./convolution.js";

/**
 * Convolution with stencils of sum zero, Σⱼ θⱼ = 0, as derivatives of any order have: η is θ off the middle, row-major, and the middle is −Σ η.
 * 3 numbers: θ = [η₁, −η₁ − η₂, η₂], so (K(η)y)_i = Σⱼ ηⱼ (y_{i−j} − y_i). Constants go to zero with every boundary that continues them.
 * @param inShape [...grid, channels]
 * @returns η is [numbers of the kernel − 1, channelsIn/groups, channels]
 * @throws ShapeError if the options do not fit the grid, or the kernel is a single point
 * @remarks With even widths the middle is the point that y_i itself is multiplied by.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { toDense, zeroSumStencilConvolution } from "@paramat/layers";
 * const K = zeroSumStencilConvolution([3, 1], { channels: 1, kernel: 3, boundary: "periodic" });
 * toDense(K, ndarray(cpu(), [1, 4], [2, 1, 1])).toNested(); // → [[-5, 1, 4], [4, -5, 1], [1, 4, -5]]
 */
export function zeroSumStencilConvolution(inShape: Shape, options: ConvolutionOptions): Parameterization & Rediscretizable {
  const name = "zeroSumStencilConvolution";
  return tiedConvolution(name, inShape, options, (kernel) => ({ basis: differencesToMiddle(name, kernel) }));
}

/** For each point of the kernel off its middle, the stencil with 1 there and −1 in the middle. @throws ShapeError if the kernel is a single point */
export function differencesToMiddle(op: string, kernel: Shape): number[][] {
  const taps = sizeOf(kernel);
  if (taps < 2) throw new ShapeError(`${op}: the kernel is ${showShape(kernel)}; it must have 2 points or more, or nothing is left of it`);
  // The convolution reaches ⌊(w − 1)/2⌋ points to the left of i, so y_i stands at ⌊w/2⌋.
  const middle = kernel.reduce((flat, width) => flat * width + Math.floor(width / 2), 0);
  const others = Array.from({ length: taps }, (_, j) => j).filter((j) => j !== middle);
  return others.map((k) => Array.from({ length: taps }, (_, j) => (j === k ? 1 : j === middle ? -1 : 0)));
}
