import type { Tree } from "@paramat/core";
import { requireCount } from "../require-count.js";
import { isFinitePoint, iterate } from "./iterate.js";
import type { MinimizeOptions } from "./minimize-options.js";
import { defaultProducts, forcing } from "./newton-cg.js";
import type { Outcome } from "./outcome.js";
import { type Curvature, type Objective, type Point, type Problem, problemOf } from "./problem.js";
import { steihaug } from "./steihaug.js";

export interface TrustRegionOptions<P extends Tree = Tree> extends MinimizeOptions<P> {
  /** Δ of the first iteration; default 1. */
  readonly initialRadius?: number;
  /** Default 1e8. */
  readonly maxRadius?: number;
  /** Products with the Hessian in one iteration at most; default twice the number of parameters, at most 500. */
  readonly maxProducts?: number;
  /** θ ↦ (v ↦ B(θ)v), symmetric, in place of the Hessian; in ops, if it is to be compiled. */
  readonly curvature?: Curvature<P>;
}

/**
 * min f by a trust region: p nearly minimizes the quadratic model over ‖p‖ ≤ Δ (`steihaug`); Δ follows the ratio of what the step gave to what the model
 * promised (Nocedal & Wright, Numerical Optimization, algorithm 4.1, η = 10⁻⁴). Uses negative curvature, so it leaves saddle points behind. The value
 * never rises by more than its rounding.
 * @throws TypeError if there are no parameters, or f comes without a Hessian; RangeError if an option is outside its range
 */
export async function trustRegion<P extends Tree>(f: Objective<P>, params: P, options: TrustRegionOptions<P> = {}): Promise<Outcome<P>> {
  const { initialRadius = 1, maxRadius = 1e8, maxProducts = defaultProducts(params) } = options;
  if (!(initialRadius > 0 && initialRadius <= maxRadius))
    throw new RangeError(`trustRegion: initialRadius is ${initialRadius}, maxRadius ${maxRadius}; 0 < initialRadius ≤ maxRadius must hold`);
  requireCount("trustRegion", "maxProducts", maxProducts, 1);
  const problem = problemOf("trustRegion", f, params, options);
  const start = await problem.pointAt(params);
  let radius = initialRadius;
  return iterate("trustRegion", problem, start, options, async (at) => {
    const product = await problem.curvatureAt(at.params);
    const tolerance = forcing(at.gradientNorm, start.gradientNorm);
    for (let trial = 0; trial < 60; trial++) {
      const { step, predicted, length, end } = await steihaug(problem.vectors, product, at.gradient, { radius, tolerance, maxProducts });
      const point = await problem.pointAt(problem.vectors.plus(at.params, 1, step));
      const ratio = gainRatio(problem, at, point, predicted);
      if (ratio < 0.25) radius = 0.25 * length;
      else if (ratio > 0.75 && (end === "boundary" || end === "negative curvature")) radius = Math.min(2 * radius, maxRadius);
      if (ratio > 1e-4) return { point, step: length };
    }
    return {
      stalled: "no step makes the value smaller, however short: rounding has been reached, or the Hessian is not that of the value",
    };
  });
}

/**
 * What the step gave over what was promised; −∞ where it leads to NaN or ∞. Where both drown in the rounding of f, 1 if the gradient got shorter
 * (after Conn, Gould & Toint, Trust-Region Methods, section 17.4.2).
 */
export function gainRatio<P extends Tree>(problem: Problem<P>, at: Point<P>, next: Point<P>, predicted: number): number {
  if (!isFinitePoint(next)) return Number.NEGATIVE_INFINITY;
  const noise = problem.noise(at.value);
  const gain = at.value - next.value;
  if (predicted <= noise && Math.abs(gain) <= noise) return next.gradientNorm < at.gradientNorm ? 1 : -1;
  return gain / predicted;
}
