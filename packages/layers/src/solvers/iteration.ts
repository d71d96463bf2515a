import { sizeOf, sub, type Value } from "@paramat/core";
import type { IterativeOptions, IterativeOutcome, IterativeResult, Products } from "./iterative-result.js";
import { lengths, ratios, worst } from "./per-example.js";

/** Where every method stands: what counts as converged, and how the residual went. */
export interface Iteration {
  readonly tolerance: number;
  readonly maxIterations: number;
  /** ‖z_e‖. */
  readonly sizes: Float64Array;
  /** Notes ‖r_e‖ of every example, and says which of them have not converged. */
  note(residuals: ArrayLike<number>): readonly boolean[];
  /** The result, with the residual computed afresh. `found` is what the method says happened unless all converged. */
  finish(x: Value, iterations: number, found?: { readonly outcome: IterativeOutcome; readonly remedy: string }): IterativeResult;
}

export function iteration(A: Products, z: Value, options: IterativeOptions, n = sizeOf(z.shape.slice(1))): Iteration {
  const tolerance = options.tolerance ?? Math.max(1e-10, 50 * z.backend.epsilon);
  const maxIterations = options.maxIterations ?? Math.min(Math.max(2 * n, 100), 10_000);
  const sizes = lengths(z);
  const history: number[] = [];
  return {
    tolerance,
    maxIterations,
    sizes,
    note(residuals) {
      const relative = ratios(residuals, sizes);
      history.push(worst(relative));
      return Array.from(relative, (r) => !(r <= tolerance));
    },
    finish(x, iterations, found) {
      const residual = worst(ratios(lengths(sub(z, A.apply(x))), sizes));
      // The recurrence may be ahead of the true residual by rounding.
      const solved = residual <= 10 * tolerance;
      const result = { solution: x, iterations, residual, history };
      if (solved) return { ...result, outcome: "solved" };
      const remedy = `the residual is ${residual.toExponential(1)} after ${iterations} iterations, ${tolerance.toExponential(1)} was asked; raise maxIterations, precondition, or ask for less`;
      return { ...result, outcome: found?.outcome ?? "not converged", remedy: found?.remedy ?? remedy };
    },
  };
}
