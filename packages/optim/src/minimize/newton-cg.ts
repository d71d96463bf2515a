import type { Tree } from "@paramat/core";
import { requireCount } from "../require-count.js";
import { iterate } from "./iterate.js";
import { armijo } from "./line-search/armijo.js";
import { type LineSearch, noDescent } from "./line-search/line-search.js";
import type { MinimizeOptions } from "./minimize-options.js";
import type { Outcome } from "./outcome.js";
import { type Objective, problemOf } from "./problem.js";
import { steihaug } from "./steihaug.js";
import { sizeOfTree } from "./tree-vector.js";

export interface NewtonCgOptions<P extends Tree = Tree> extends MinimizeOptions<P> {
  /** Products with the Hessian in one iteration at most; default twice the number of parameters, at most 500. */
  readonly maxProducts?: number;
  /** Default `armijo()`. */
  readonly lineSearch?: LineSearch;
}

/**
 * min f by Newton's method: ∇²f(θ) p = −∇f(θ) by conjugate gradients to min(0.1, √(‖g‖/‖g₀‖))·‖g‖, which is superlinear, then a line search along p from
 * α = 1. Negative curvature ends the inner iteration (Nocedal & Wright, Numerical Optimization, algorithm 7.1). The Hessian is used through products
 * alone. For functions far from convex see `trustRegion`. The value never rises by more than its rounding.
 * @throws TypeError if there are no parameters, or f comes without a Hessian; RangeError if an option is outside its range
 */
export async function newtonCg<P extends Tree>(f: Objective<P>, params: P, options: NewtonCgOptions<P> = {}): Promise<Outcome<P>> {
  const { lineSearch = armijo(), maxProducts = defaultProducts(params) } = options;
  requireCount("newtonCg", "maxProducts", maxProducts, 1);
  const problem = problemOf("newtonCg", f, params, options);
  const start = await problem.pointAt(params);
  return iterate("newtonCg", problem, start, options, async (at) => {
    const tolerance = forcing(at.gradientNorm, start.gradientNorm);
    const { step, slope, length } = await steihaug(problem.vectors, await problem.curvatureAt(at.params), at.gradient, {
      radius: Number.POSITIVE_INFINITY,
      tolerance,
      maxProducts,
    });
    const found = slope < 0 ? await lineSearch(problem, { from: at, direction: step, slope, initial: 1 }) : null;
    return found ? { point: found.point, step: found.alpha * length } : { stalled: noDescent };
  });
}

/** How far a linear system within a Newton method is solved (Nocedal & Wright, section 7.1, relative to the start, so that units do not matter). */
export function forcing(gradientNorm: number, atStart: number): number {
  return Math.min(0.1, Math.sqrt(gradientNorm / atStart));
}

export function defaultProducts(params: Tree): number {
  return Math.min(500, 2 * sizeOfTree(params) + 1);
}
