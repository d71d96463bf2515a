/**
 * `found`: as the method wants it. `at the border`: the best λ looked at is the first or the last, so that a better one may lie beyond.
 * `no corner`: the L-curve bends nowhere towards the origin. `unreachable`: no λ leaves a residual of the size that the noise is said to have.
 */
export type ChoiceOutcome = "found" | "at the border" | "no corner" | "unreachable";

/** Which method chose λ. */
export type ChoiceMethod = "L-curve" | "GCV" | "discrepancy principle" | "optimal";

/** One λ that a method looked at, with the solution x_λ = argmin ½‖A x − b‖² + ½λ‖L x‖². */
export interface ChoiceRow {
  readonly lambda: number;
  /** ‖A x_λ − b‖. */
  readonly residualNorm: number;
  /** ‖L x_λ‖. */
  readonly solutionNorm: number;
  /** What the method looks at, see `LambdaChoice.criterionName`. */
  readonly criterion: number;
}

/** A λ, why it was chosen and what else there was. Data alone, but for `toString`, which prints the curve as a table with the choice marked. */
export interface LambdaChoice {
  readonly method: ChoiceMethod;
  /**
   * The criterion of the rows: `curvature` of the L-curve (largest at the corner), `GCV` (least), `residual/target` (1), `relative error`
   * ‖x_λ − x‖/‖x‖ (least).
   */
  readonly criterionName: "curvature" | "GCV" | "residual/target" | "relative error";
  readonly lambda: number;
  /** The row of the λ chosen, which need not be one of the curve's. */
  readonly chosen: ChoiceRow;
  /** λ ascending. */
  readonly curve: readonly ChoiceRow[];
  readonly outcome: ChoiceOutcome;
  /** In words, with the numbers that it rests on. */
  readonly reason: string;
  toString(): string;
}

/** One λ of a cross-validation. */
export interface FoldRow {
  readonly lambda: number;
  /** Of `foldErrors`. */
  readonly meanError: number;
  /** Of the mean: the standard deviation over folds, divided by √folds. */
  readonly standardError: number;
  readonly foldErrors: readonly number[];
}

/** What cross-validation chose. */
export interface FoldChoice {
  readonly method: "k-fold";
  /** Of the least mean error. */
  readonly lambda: number;
  /** The largest λ whose mean error is within one standard error of the least. */
  readonly oneStandardErrorLambda: number;
  readonly chosen: FoldRow;
  /** λ ascending. */
  readonly curve: readonly FoldRow[];
  readonly outcome: "found" | "at the border" | "not finite";
  readonly reason: string;
  toString(): string;
}

/** One step of a descent on the validation error in log λ. */
export interface ValidationStep {
  /** All numbers of λ, leaf after leaf. */
  readonly lambda: readonly number[];
  readonly value: number;
  /** ‖d value/d log λ‖. */
  readonly gradientNorm: number;
  /** Length of the step that led here, in log λ; 0 at the start. */
  readonly step: number;
  /** Products with the Hessian for the gradient here. */
  readonly products: number;
}
