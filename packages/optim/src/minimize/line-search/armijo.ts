import { isFinitePoint } from "../iterate.js";
import type { LineSearch } from "./line-search.js";

export interface ArmijoOptions {
  /** c in φ(α) ≤ φ(0) + cαφ′(0); default 1e-4. */
  readonly decrease?: number;
  /** Default 50. */
  readonly maxTrials?: number;
}

/**
 * Backtracking: the first α of a falling sequence with φ(α) ≤ φ(0) + cαφ′(0) (Armijo, 1966; Nocedal & Wright, Numerical Optimization, algorithm 3.1). Each
 * α is the minimizer of the parabola through φ(0), φ′(0) and the last value, kept within a tenth and a half of the last. Costs values only.
 * @remarks Values that differ by less than 10 ε |f| count as equal, so that the last digits of θ can be found where those of f are rounding.
 */
export function armijo({ decrease = 1e-4, maxTrials = 50 }: ArmijoOptions = {}): LineSearch {
  return async (problem, { from, direction, slope, initial }) => {
    const noise = problem.noise(from.value);
    let alpha = initial;
    for (let trial = 0; trial < maxTrials; trial++) {
      const params = problem.vectors.plus(from.params, alpha, direction);
      const value = await problem.valueAt(params);
      if (value <= from.value + decrease * alpha * slope + noise) {
        const point = await problem.pointAt(params);
        if (isFinitePoint(point)) return { alpha, point };
      }
      const least = (-slope * alpha * alpha) / (2 * (value - from.value - slope * alpha));
      alpha = Number.isFinite(least) ? Math.min(Math.max(least, 0.1 * alpha), 0.5 * alpha) : 0.5 * alpha;
    }
    return null;
  };
}
