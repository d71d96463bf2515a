import type { Value } from "@paramat/core";

/** What solvers ask of A: products for each example, [examples, ...inShape] to [examples, ...outShape]. A `LinearOperator` has them. */
export interface Products {
  apply(y: Value): Value;
  applyTranspose(z: Value): Value;
}

export interface IterativeOptions {
  /** Of the residual: stop at ‖z − A x‖ ≤ tolerance·‖z‖ in every example. Default 1e-10, or 50 ε where that is more. */
  readonly tolerance?: number;
  /** Default 2 n, at least 100 and at most 10 000, n the entries of one example. */
  readonly maxIterations?: number;
  /** r ↦ M⁻¹ r for each example, M near A and easy to solve with; linear, the same in every step, for cg and minres symmetric positive definite. */
  readonly preconditioner?: (r: Value) => Value;
}

/**
 * `solved`: the residual is as small as asked. `least squares`: A x = z has no solution, and x is where ‖A x − z‖ is least. `breakdown`: A is not what
 * the method needs. Numbers are returned whatever the outcome.
 */
export type IterativeOutcome = "solved" | "least squares" | "not converged" | "breakdown";

export interface IterativeResult {
  readonly solution: Value;
  readonly outcome: IterativeOutcome;
  /** Products with A, for all examples together. */
  readonly iterations: number;
  /** ‖z − A x‖/‖z‖, computed afresh from x, of the worst example. */
  readonly residual: number;
  /** The same before the first step and after each, as the recurrence has it; in the norm of M⁻¹ for minres with a preconditioner. */
  readonly history: readonly number[];
  /** What to do, unless solved. */
  readonly remedy?: string;
}
