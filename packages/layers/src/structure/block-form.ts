import type { Tree, Value } from "@paramat/core";

/**
 * K(θ) = U* diag(B₁(θ), …, B_F(θ)) V with V and U unitary and fast, and F small blocks: a circulant has F = n blocks of 1×1 under the Fourier transform, a
 * periodic convolution of many channels one c_out × c_in block per frequency, a diagonal matrix n blocks under the identity, any matrix one block.
 * Everything that is easy for small matrices follows for K: eigenvalues, singular values, solve, log|det|, norm, condition.
 *
 * Complex arrays hold their real and imaginary planes along axis 0. Coefficients are [2, examples, F, size of the block].
 */
export interface BlockForm<Theta extends Tree = Value> {
  /** F. */
  readonly numBlocks: number;
  /** Rows of each block. */
  readonly numOut: number;
  /** Columns of each block. */
  readonly numIn: number;
  /** Whether U = V, so that the blocks' eigenvalues are K's. */
  readonly sameBasis: boolean;
  /** Whether every block is real (its imaginary plane zero) and the transforms are real. */
  readonly isReal: boolean;
  /** The blocks, [2, F, numOut, numIn], linear in θ for a `Parameterization`. */
  blocks(theta: Theta): Value;
  /** V y: [examples, ...inShape] to [2, examples, F, numIn]. */
  analyze(y: Value): Value;
  /** V* ŷ, real part: [2, examples, F, numIn] to [examples, ...inShape]. */
  synthesize(y: Value): Value;
  /** U z: [examples, ...outShape] to [2, examples, F, numOut]. */
  analyzeOut(z: Value): Value;
  /** U* ẑ, real part: [2, examples, F, numOut] to [examples, ...outShape]. */
  synthesizeOut(z: Value): Value;
}
