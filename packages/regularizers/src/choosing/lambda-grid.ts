import type { FilteredProblem } from "./filtered-problem.js";

export interface LambdaGridOptions {
  /** Smallest and largest λ looked at. Default: squares of the generalized singular values σᵢ/μᵢ, from the smallest (16 ε of the largest at least, ε the backend's) to the largest. */
  readonly range?: readonly [number, number];
  /** How many λ, evenly in log λ. Default 200. */
  readonly count?: number;
}

/**
 * λ evenly in log λ over the range in which the filters σ²/(σ² + λμ²) change, ascending.
 * @throws RangeError unless 0 < range[0] < range[1] < ∞ and count is an integer ≥ 3, or if A is 0
 */
export function lambdaGrid(op: string, problem: FilteredProblem, options: LambdaGridOptions = {}): Float64Array {
  const { range = rangeOf(op, problem), count = 200 } = options;
  const [low, high] = range;
  if (!(low > 0 && low < high && high < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${op}: range is [${low}, ${high}]; it must be [smallest, largest] with 0 < smallest < largest`);
  }
  if (!Number.isInteger(count) || count < 3) throw new RangeError(`${op}: count is ${count}; it must be an integer ≥ 3`);
  const step = Math.log(high / low) / (count - 1);
  return Float64Array.from({ length: count }, (_, k) => (k === count - 1 ? high : low * Math.exp(k * step)));
}

function rangeOf(op: string, { name, sigma, mu, epsilon }: FilteredProblem): readonly [number, number] {
  let largest = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < sigma.length; i++) {
    const ratio = sigma[i]! / mu[i]!;
    // Where μ is 0, λ changes nothing.
    if (!(ratio > 0 && ratio < Number.POSITIVE_INFINITY)) continue;
    largest = Math.max(largest, ratio);
    smallest = Math.min(smallest, ratio);
  }
  if (largest === 0) throw new RangeError(`${op}: A or L of ${name} is 0, so that λ changes nothing; there is nothing to choose`);
  const floor = Math.max(smallest, 16 * epsilon * largest);
  // One singular value alone: a decade on each side.
  const spread = floor < largest ? 1 : Math.sqrt(10);
  return [(floor / spread) ** 2, (largest * spread) ** 2];
}
