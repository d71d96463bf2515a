import type { Tree } from "@paramat/core";
import { requireCount } from "../require-count.js";
import type { IterationRow } from "./outcome.js";

/** What every method takes. */
export interface MinimizeOptions<P extends Tree = Tree> {
  /** Converged where ‖∇f(θ)‖ ≤ this; default √ε: 1.5e-8 in float64, 3.5e-4 in float32. */
  readonly gradientTolerance?: number;
  /** Converged where ‖θ′ − θ‖ ≤ this · (1 + ‖θ‖); default 0, which never asks. Weaker evidence than the gradient: a slow method takes small steps. */
  readonly stepTolerance?: number;
  /** Converged where |f(θ) − f(θ′)| ≤ this · max(1, |f(θ)|); default 0, which never asks. */
  readonly valueTolerance?: number;
  /** Default 1000. */
  readonly maxIterations?: number;
  /** Whether f and its derivatives are compiled; default true. A function that reads values cannot be. */
  readonly compile?: boolean;
  /** Once aborted, the method stops after the iteration under way, with the status "interrupted" and the parameters it had reached. */
  readonly signal?: AbortSignal;
  /** Told of every row of the history as it comes. A promise that it returns is waited for; what it throws ends the method. */
  readonly progress?: (row: IterationRow, params: P) => unknown;
}

/** The options with their defaults. @throws RangeError if one is outside its range */
export function settled<P extends Tree>(method: string, options: MinimizeOptions<P>, epsilon: number) {
  const { gradientTolerance = Math.sqrt(epsilon), stepTolerance = 0, valueTolerance = 0, maxIterations = 1000, signal, progress } = options;
  for (const [name, value] of Object.entries({ gradientTolerance, stepTolerance, valueTolerance })) requireFinite(method, name, value);
  requireCount(method, "maxIterations", maxIterations, 0);
  return { gradientTolerance, stepTolerance, valueTolerance, maxIterations, signal, progress };
}

/** @throws RangeError unless value is finite and ≥ 0 */
export function requireFinite(method: string, name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new RangeError(`${method}: ${name} is ${value}; it must be a finite number ≥ 0`);
}
