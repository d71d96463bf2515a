import { DataError, type Rng } from "@paramat/core";
import type { InverseProblem } from "./inverse-problem.js";

/** A problem whose data carry noise. */
export interface NoisyProblem extends InverseProblem {
  /** ‖e‖, the length of what was added. */
  readonly noiseNorm: number;
}

/**
 * b + e, e white noise (independent normal numbers) scaled so that ‖e‖ = relativeNoise·‖b‖ exactly.
 * @throws DataError unless relativeNoise is finite and ≥ 0
 * @example
 * import { rng } from "@paramat/core";
 * import { shaw, withNoise } from "@paramat/data";
 * const problem = shaw(32);
 * const { data, noiseNorm } = withNoise(problem, 1e-2, rng(1));
 * Math.abs(noiseNorm - Math.hypot(...data.map((b, i) => b - problem.data[i]!))) < 1e-12; // → true
 */
export function withNoise(problem: InverseProblem, relativeNoise: number, rng: Rng): NoisyProblem {
  if (!(relativeNoise >= 0 && relativeNoise < Number.POSITIVE_INFINITY)) {
    throw new DataError(`withNoise: relativeNoise is ${relativeNoise}; it must be a finite number ≥ 0`);
  }
  const drawn = problem.data.map(() => rng.normal());
  const noiseNorm = relativeNoise * Math.hypot(...problem.data);
  const scale = noiseNorm / Math.hypot(...drawn);
  return { ...problem, data: problem.data.map((b, i) => b + scale * drawn[i]!), noiseNorm };
}
