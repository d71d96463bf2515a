import { add, mul, realPart, relu, square, sum, type Value } from "@paramat/core";
import type { ParametricOperator } from "@paramat/layers";
import type { Regularizer } from "../regularizer.js";
import type { Selection } from "../selected-leaves.js";
import { hasScalarBlocks, spectralPenalty } from "./spectral-penalty.js";

export interface GrowthOptions extends Selection {
  /** Eigenvalues are to keep so far to the left of the imaginary axis; default 0. */
  readonly margin?: number;
}

/**
 * R(θ) = ½λ Σ max(Re λᵢ(K(θ)) + margin, 0)² over the eigenvalues: 0 where ẏ = K(θ)y does not grow, as layers of a stable residual network must not
 * (Haber & Ruthotto 2018). Convex where K's blocks are 1 × 1, whose eigenvalues are linear in θ. One continuous derivative.
 * @throws as `spectralPenalty`; RangeError unless margin is finite
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { diagonalMatrix } from "@paramat/layers";
 * import { growthPenalty } from "@paramat/regularizers";
 * growthPenalty(diagonalMatrix(3))(ndarray(cpu(), [3, -4, 1])).item(); // → 5
 */
export function growthPenalty(K: ParametricOperator<Value>, lambda = 1, options: GrowthOptions = {}): Regularizer {
  const { margin = 0, ...selection } = options;
  if (!Number.isFinite(margin)) throw new RangeError(`growthPenalty: margin is ${margin}; it must be a finite number`);
  const excess = (eigenvalues: Value) => relu(add(realPart(eigenvalues), margin));
  const f = (eigenvalues: Value) => mul(0.5, sum(square(excess(eigenvalues))));
  return spectralPenalty(K, f, lambda, { ...selection, name: "growthPenalty", isConvex: hasScalarBlocks(K) });
}
