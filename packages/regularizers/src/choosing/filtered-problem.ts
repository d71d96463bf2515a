import type { Value } from "@paramat/core";

/**
 * min ½‖A x − b‖² + ½λ‖L x‖² in coordinates in which A and L are both diagonal: A has σᵢ, L has μᵢ and b has uᵢᵀb, so that the solution's are
 * σᵢ (uᵢᵀb)/(σᵢ² + λμᵢ²), and everything that chooses λ costs a sum for each λ. (In books that write λ² for it, λ here is that square.)
 */
export interface FilteredProblem {
  /** How it was made, for messages. */
  readonly name: string;
  /** σᵢ ≥ 0. */
  readonly sigma: Float64Array;
  /** μᵢ ≥ 0, in the same order; all 1 where L = I. σᵢ/μᵢ are the generalized singular values. */
  readonly mu: Float64Array;
  /** |uᵢᵀb|², added up over the right-hand sides. */
  readonly energies: Float64Array;
  /** Square of the residual that no x takes away: ‖b − UUᵀb‖². */
  readonly outOfReach: number;
  /** Numbers in one right-hand side. */
  readonly numData: number;
  /** Right-hand sides that share one λ. */
  readonly numRightSides: number;
  /** Relative precision of these numbers: σᵢ smaller than it, beside the largest, are rounding. */
  readonly epsilon: number;
  /** x_λ, of the shape of A's input, with an axis of examples if b has one. @throws RangeError unless λ is ≥ 0 */
  solution(lambda: number): Value;
}

/** σ/(σ² + λμ²): what a coefficient of b is multiplied by. Where neither σ nor λμ is there, nothing is known of x, and it gets 0. */
export function inverseFilter(sigma: number, mu: number, lambda: number): number {
  const denominator = sigma * sigma + lambda * mu * mu;
  return denominator === 0 ? 0 : sigma / denominator;
}

/** @throws RangeError unless λ is finite and ≥ 0 */
export function requireLambda(op: string, lambda: number): void {
  if (!(lambda >= 0 && lambda < Number.POSITIVE_INFINITY))
    throw new RangeError(`${op}: lambda is ${lambda}; it must be a finite number ≥ 0`);
}
