import type { Tree } from "@paramat/core";
import { requireCount } from "../require-count.js";
import { iterate } from "./iterate.js";
import { type LineSearch, noDescent } from "./line-search/line-search.js";
import { strongWolfe } from "./line-search/strong-wolfe.js";
import type { MinimizeOptions } from "./minimize-options.js";
import type { Outcome } from "./outcome.js";
import { type Objective, problemOf } from "./problem.js";
import type { Vectors } from "./vectors.js";

export interface LbfgsOptions<P extends Tree = Tree> extends MinimizeOptions<P> {
  /** How many pairs (s, y) are kept; default 10. */
  readonly memory?: number;
  /** Default `strongWolfe()`. */
  readonly lineSearch?: LineSearch;
}

/** s = θ′ − θ, y = ∇f(θ′) − ∇f(θ), and 1/⟨s, y⟩. */
interface Pair<P extends Tree> {
  readonly s: P;
  readonly y: P;
  readonly rho: number;
}

/**
 * min f by L-BFGS: d = −H∇f(θ), H the inverse Hessian as the last `memory` steps show it, on top of ⟨s, y⟩/⟨y, y⟩ I (Liu & Nocedal, 1989; Nocedal & Wright,
 * Numerical Optimization, algorithms 7.4 and 7.5). The value never rises by more than its rounding.
 * @throws TypeError if there are no parameters; RangeError if an option is outside its range
 */
export async function lbfgs<P extends Tree>(f: Objective<P>, params: P, options: LbfgsOptions<P> = {}): Promise<Outcome<P>> {
  const { memory = 10, lineSearch = strongWolfe() } = options;
  requireCount("lbfgs", "memory", memory, 1);
  const problem = problemOf("lbfgs", f, params, options);
  const { dot, plus, scaled } = problem.vectors;
  const start = await problem.pointAt(params);
  let pairs: readonly Pair<P>[] = [];
  return iterate("lbfgs", problem, start, options, async (at) => {
    const downhill = async () => {
      const direction = await twoLoops(problem.vectors, at.gradient, pairs);
      return { direction, slope: await dot(direction, at.gradient) };
    };
    let { direction, slope } = await downhill();
    if (!(slope < 0)) {
      pairs = [];
      ({ direction, slope } = await downhill());
    }
    const initial = pairs.length === 0 ? Math.min(1, 1 / at.gradientNorm) : 1;
    const found = await lineSearch(problem, { from: at, direction, slope, initial });
    if (!found) return { stalled: noDescent };
    const s = scaled(found.alpha, direction);
    const y = plus(found.point.gradient, -1, at.gradient);
    const [sy, ss, yy] = [await dot(s, y), await dot(s, s), await dot(y, y)];
    // Only pairs that show positive curvature keep H positive definite.
    if (sy > problem.epsilon * Math.sqrt(ss * yy)) pairs = [...pairs, { s, y, rho: 1 / sy }].slice(-memory);
    return { point: found.point, step: Math.sqrt(ss), holds: pairs.flatMap(({ s: step, y: change }) => [step, change]) };
  });
}

/** −H g by the two loops over the pairs. */
async function twoLoops<P extends Tree>(vectors: Vectors, gradient: P, pairs: readonly Pair<P>[]): Promise<P> {
  const part = vectors.part();
  const { dot, plus, scaled } = part;
  let q = gradient;
  const shares: number[] = [];
  for (const { s, y, rho } of [...pairs].reverse()) {
    const share = rho * (await dot(s, q));
    shares.push(share);
    q = plus(q, -share, y);
    part.keepOnly(q);
  }
  const last = pairs.at(-1);
  let r = last ? scaled(1 / (last.rho * (await dot(last.y, last.y))), q) : q;
  for (const { s, y, rho } of pairs) {
    r = plus(r, (shares.pop() as number) - rho * (await dot(y, r)), s);
    part.keepOnly(r);
  }
  const direction = vectors.scaled(-1, r);
  part.keepOnly();
  return direction;
}
