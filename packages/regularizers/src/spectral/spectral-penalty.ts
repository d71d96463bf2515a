import type { Value } from "@paramat/core";
import { type ParametricOperator, spectrum } from "@paramat/layers";
import { leafSum } from "../leaf-sum.js";
import type { Regularizer } from "../regularizer.js";
import type { Selection } from "../selected-leaves.js";

export interface SpectralClaims extends Selection {
  /** For reports; default `spectralPenalty`. */
  readonly name?: string;
  /** Whether f(λ(θ)) is convex in θ; default false. */
  readonly isConvex?: boolean;
  /** Whether it has two continuous derivatives; default false. */
  readonly isSmooth?: boolean;
}

/**
 * R(θ) = λ Σ f(eigenvalues of K(θ)), one term for each selected leaf θ: through K's block form, so that for a periodic convolution the eigenvalues are the
 * Fourier transform of its stencil (lecture, "Convolutions in 1D").
 * @param K square; each selected leaf is a θ of it
 * @param f of the eigenvalues [2, n], real plane first (`spectrum`), to a scalar ≥ 0 that treats them alike
 * @throws RangeError unless λ is finite and ≥ 0; TypeError (when applied) if no leaf is selected; ShapeError (when applied) as `spectrum`
 * @remarks Reads values, and cannot be compiled, unless K's blocks are 1 × 1 (one channel). Differentiable where the eigenvalues of each block are
 * distinct.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { complexAbs2, ndarray, sum } from "@paramat/core";
 * import { diagonalMatrix } from "@paramat/layers";
 * import { spectralPenalty } from "@paramat/regularizers";
 * spectralPenalty(diagonalMatrix(2), (eigenvalues) => sum(complexAbs2(eigenvalues)))(ndarray(cpu(), [3, -4])).item(); // → 25
 */
export function spectralPenalty(
  K: ParametricOperator<Value>,
  f: (eigenvalues: Value) => Value,
  lambda = 1,
  claims: SpectralClaims = {},
): Regularizer {
  const { name = "spectralPenalty", isConvex = false, isSmooth = false } = claims;
  return leafSum({
    name,
    lambda,
    selection: claims,
    isConvex,
    isSmooth,
    readsValues: !hasScalarBlocks(K),
    valueOf: (theta) => f(spectrum(K, theta)),
  });
}

/** Whether the blocks are numbers, which are their own eigenvalues. */
export function hasScalarBlocks({ blockForm }: ParametricOperator<Value>): boolean {
  return blockForm?.sameBasis === true && blockForm.numIn === 1 && blockForm.numOut === 1;
}
