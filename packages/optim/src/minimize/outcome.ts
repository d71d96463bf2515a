import type { Tree } from "@paramat/core";

/**
 * `converged`: one of the three tests holds. `stalled`: no step along which the value falls was found, or for a hundred iterations neither the value nor the
 * gradient got smaller by more than rounding, or the gradient is small and not exact, as `reason` tells. `limit`: maxIterations were made. `non-finite`: the
 * value or the gradient at the start, or where the method had to go, is NaN or ∞. `interrupted`: the signal was aborted.
 */
export type Status = "converged" | "stalled" | "limit" | "non-finite" | "interrupted";

/** How often f was asked, since the start. One run of the program for value and gradient counts in both. */
export interface Evaluations {
  readonly value: number;
  readonly gradient: number;
  readonly hessianVector: number;
}

/** Where the method stood after an iteration; row 0 is the start. */
export interface IterationRow {
  readonly iteration: number;
  readonly value: number;
  /** ‖∇f(θ)‖; of the gradient mapping where there is a constraint or a penalty with a kink. */
  readonly gradientNorm: number;
  /** ‖θ′ − θ‖ of the step that led here; 0 at the start. */
  readonly step: number;
  readonly evaluations: Evaluations;
}

/** What a minimization came to. Numerical failure is told here and not thrown. */
export interface Outcome<P extends Tree> {
  readonly method: string;
  readonly status: Status;
  /** The last parameters that were accepted, whatever the status. */
  readonly params: P;
  readonly value: number;
  readonly gradientNorm: number;
  readonly iterations: number;
  readonly evaluations: Evaluations;
  readonly history: readonly IterationRow[];
  /** Why it stopped, with what to do about it unless it converged. */
  readonly reason: string;
  /** The status and a table of the history, its middle left out where it is long. */
  toString(): string;
}

/** @param report everything but the printed form */
export function outcome<P extends Tree>(report: Omit<Outcome<P>, "toString">): Outcome<P> {
  return { ...report, toString: () => [headline(report), heading, ...rows(report.history)].join("\n") };
}

const heading = "  iteration             value     ‖gradient‖         ‖step‖   values gradients  products";

function headline({ method, status, iterations, reason }: Omit<Outcome<Tree>, "toString">): string {
  return `${method}: ${status} after ${iterations} iteration${iterations === 1 ? "" : "s"}: ${reason}`;
}

function rows(history: readonly IterationRow[]): readonly string[] {
  const shown = 8;
  if (history.length <= 2 * shown) return history.map(printed);
  const between = `  … ${history.length - 2 * shown} more`;
  return [...history.slice(0, shown).map(printed), between, ...history.slice(-shown).map(printed)];
}

function printed({ iteration, value, gradientNorm, step, evaluations }: IterationRow): string {
  return [
    `${iteration}`.padStart(11),
    value.toExponential(8).padStart(17),
    gradientNorm.toExponential(3).padStart(14),
    step.toExponential(3).padStart(14),
    `${evaluations.value}`.padStart(8),
    `${evaluations.gradient}`.padStart(9),
    `${evaluations.hessianVector}`.padStart(9),
  ].join(" ");
}
