import type { Shape } from "@paramat/core";
import { type DctOptions, dct } from "../operator/dct.js";
import type { Parameterization } from "../parameterization.js";
import { transformDiagonal } from "./transform-diagonal.js";

/**
 * K(θ) = Cᵀ diag(θ) C with the orthonormal cosine transform C: each frequency of y is scaled by a parameter of its own. Symmetric, with eigenvalues θ;
 * p = n. Every symmetric stencil with symmetric boundary is one of these.
 * @param inShape of one example, say [...grid, channels]; also the shape of θ
 * @throws ShapeError if a size is not a positive integer, or an axis is outside `inShape` or named twice
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { dctDiagonal, toDense } from "@paramat/layers";
 * toDense(dctDiagonal([2]), ndarray(cpu(), [0, 2])).toNested(); // → ≈ [[1, -1], [-1, 1]]
 */
export function dctDiagonal(inShape: Shape, options: DctOptions = {}): Parameterization {
  return transformDiagonal(dct(inShape, options), "dctDiagonal");
}
