import type { Value } from "@paramat/core";

/**
 * `solved`; `nearly singular`: solved, but with the condition given only the digits left of it are right; `singular`: no solution to speak of, and the
 * array is NaN; `not converged`: the best that the iteration found.
 */
export type SolveOutcome = "solved" | "nearly singular" | "singular" | "not converged";

export type SolveMethod = "block" | "dense" | "cg" | "minres" | "lsqr" | "gmres";

/** x with K(θ) x = z, and how far to trust it. */
export interface SolveResult {
  /** [examples, ...inShape]; differentiable in θ and z. */
  readonly solution: Value;
  readonly outcome: SolveOutcome;
  /** ‖z − K x‖/‖z‖ of the worst example; NaN where singular. */
  readonly residual: number;
  /** What solved it. */
  readonly method: SolveMethod;
  /** An estimate of ‖K‖₁‖K⁻¹‖₁ over the blocks (exact for 1 × 1), for direct methods; of ‖K‖_F‖K⁻¹‖_F for lsqr. */
  readonly condition?: number;
  /** Products with K, for iterative methods. */
  readonly iterations?: number;
  /** Relative residuals from step to step, for iterative methods. */
  readonly history?: readonly number[];
  /** What to do, unless solved. */
  readonly remedy?: string;
}

/**
 * What a condition number leaves of the digits: fewer than half with κ ≥ 1/√ε (`nearly singular`), fewer than two with κ ≥ 1/(100 ε) (`singular`).
 */
export function gradeCondition(condition: number, epsilon: number): { readonly outcome: SolveOutcome; readonly remedy?: string } {
  const shown = Number.isFinite(condition) ? condition.toExponential(1) : `${condition}`;
  if (!(condition < 0.01 / epsilon)) {
    return {
      outcome: "singular",
      remedy: `K(θ) is singular to rounding (condition ${shown}): solve (K + αI) x = z with solveShifted, or take solveLeastSquares`,
    };
  }
  if (condition >= 1 / Math.sqrt(epsilon)) {
    const digits = Math.max(1, Math.floor(-Math.log10(condition * epsilon)));
    return {
      outcome: "nearly singular",
      remedy: `K(θ) is nearly singular (condition ${shown}): about ${digits} digits of the solution are right; solveShifted or solveLeastSquares is steadier`,
    };
  }
  return { outcome: "solved" };
}
