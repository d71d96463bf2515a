import type { Tree } from "@paramat/core";
import { isFinitePoint } from "../iterate.js";
import type { Point, Problem } from "../problem.js";
import type { LineSearch, Ray } from "./line-search.js";

export interface StrongWolfeOptions {
  /** c₁ in φ(α) ≤ φ(0) + c₁αφ′(0); default 1e-4. */
  readonly decrease?: number;
  /** c₂ in |φ′(α)| ≤ c₂|φ′(0)|, between c₁ and 1; default 0.9. */
  readonly curvature?: number;
  /** Default 30. */
  readonly maxTrials?: number;
}

/** φ(α) = f(θ + αd) as tried: an α at which f is not finite has the value ∞. */
interface Trial<P extends Tree> {
  readonly alpha: number;
  readonly value: number;
  readonly slope: number;
  readonly point: Point<P>;
}

/**
 * α with φ(α) ≤ φ(0) + c₁αφ′(0) and |φ′(α)| ≤ c₂|φ′(0)|: a bracket is sought by longer and longer steps, and narrowed (Nocedal & Wright, Numerical
 * Optimization, algorithms 3.5 and 3.6). Costs a value and a gradient per trial.
 * @remarks Where values differ by less than 10 ε |f|, the first condition is asked of the slopes, φ′(α) ≤ (2c₁ − 1)φ′(0), which have not lost their digits
 * (Hager & Zhang, 2005, equation 4.1). When maxTrials are made, the best α that meets the first condition is taken.
 * @throws RangeError unless 0 < c₁ < c₂ < 1
 */
export function strongWolfe({ decrease = 1e-4, curvature = 0.9, maxTrials = 30 }: StrongWolfeOptions = {}): LineSearch {
  if (!(0 < decrease && decrease < curvature && curvature < 1))
    throw new RangeError(`strongWolfe: decrease is ${decrease}, curvature ${curvature}; 0 < decrease < curvature < 1 must hold`);
  return async <P extends Tree>(problem: Problem<P>, ray: Ray<P>) => {
    const { from, slope: slope0, initial } = ray;
    const noise = problem.noise(from.value);
    const descends = ({ alpha, value, slope }: Trial<P>) =>
      value <= from.value + decrease * alpha * slope0 || (value <= from.value + noise && slope <= (2 * decrease - 1) * slope0);
    const isFlat = ({ slope }: Trial<P>) => Math.abs(slope) <= -curvature * slope0;
    let trials = 0;

    const zoom = async (first: Trial<P>, second: Trial<P>): Promise<Trial<P> | null> => {
      let [low, high] = [first, second];
      while (trials++ < maxTrials) {
        const found = await tryAt(problem, ray, between(low, high));
        if (!descends(found) || found.value > low.value + noise) high = found;
        else {
          if (isFlat(found)) return found;
          if (found.slope * (high.alpha - low.alpha) >= 0) high = low;
          low = found;
        }
        if (Math.abs(high.alpha - low.alpha) <= problem.epsilon * Math.max(high.alpha, low.alpha)) break;
      }
      return low.alpha > 0 ? low : null;
    };

    let last: Trial<P> = { alpha: 0, value: from.value, slope: slope0, point: from };
    let alpha = initial;
    while (trials++ < maxTrials) {
      const found = await tryAt(problem, ray, alpha);
      if (!descends(found) || (last.alpha > 0 && found.value > last.value + noise)) return zoom(last, found);
      if (isFlat(found)) return found;
      if (found.slope >= 0) return zoom(found, last);
      alpha = beyond(last, found);
      last = found;
    }
    return last.alpha > 0 ? last : null;
  };
}

async function tryAt<P extends Tree>(problem: Problem<P>, { from, direction }: Ray<P>, alpha: number): Promise<Trial<P>> {
  const point = await problem.pointAt(problem.vectors.plus(from.params, alpha, direction));
  if (!isFinitePoint(point)) return { alpha, value: Number.POSITIVE_INFINITY, slope: Number.NaN, point };
  return { alpha, value: point.value, slope: await problem.vectors.dot(point.gradient, direction), point };
}

/** Where the slope would be 0 if it were a line, or the value least if it were a parabola; a tenth away from either end. */
function between<P extends Tree>(low: Trial<P>, high: Trial<P>): number {
  const width = high.alpha - low.alpha;
  const secant = (-low.slope * width) / (high.slope - low.slope);
  const parabola = (-low.slope * width * width) / (2 * (high.value - low.value - low.slope * width));
  const wanted = low.slope * high.slope < 0 ? secant / width : parabola / width;
  return low.alpha + width * (wanted >= 0.1 && wanted <= 0.9 ? wanted : Number.isFinite(wanted) ? (wanted < 0.1 ? 0.1 : 0.9) : 0.5);
}

/** Where the slope would be 0 if it were a line; between twice and ten times as far. */
function beyond<P extends Tree>(last: Trial<P>, found: Trial<P>): number {
  const wanted = found.alpha - (found.slope * (found.alpha - last.alpha)) / (found.slope - last.slope);
  return wanted > found.alpha ? Math.min(Math.max(wanted, 2 * found.alpha), 10 * found.alpha) : 4 * found.alpha;
}
