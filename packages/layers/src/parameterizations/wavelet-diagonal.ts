import type { Shape } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import { type WaveletOptions, wavelet } from "../wavelets/wavelet.js";
import { transformDiagonal } from "./transform-diagonal.js";

/**
 * K(θ) = Wᵀ diag(θ) W with the orthonormal wavelet transform W (lecture, "Other Operators for Imaging Tasks", Wavelet): each coefficient of y is scaled
 * by a parameter of its own. Symmetric, with eigenvalues θ; p = n.
 * @param inShape of one example, say [...grid, channels]; also the shape of θ, whose entries stand where `wavelet` puts the coefficients
 * @throws ShapeError if the size of an axis is not divisible by 2^levels
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { toDense, waveletDiagonal } from "@paramat/layers";
 * toDense(waveletDiagonal([2]), ndarray(cpu(), [6, 2])).toNested(); // → ≈ [[4, 2], [2, 4]]
 */
export function waveletDiagonal(inShape: Shape, options: WaveletOptions = {}): Parameterization {
  return transformDiagonal(wavelet(inShape, options), "waveletDiagonal");
}
