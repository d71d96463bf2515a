import type { Tree } from "@paramat/core";
import { iterate } from "./iterate.js";
import { armijo } from "./line-search/armijo.js";
import { type LineSearch, noDescent } from "./line-search/line-search.js";
import type { MinimizeOptions } from "./minimize-options.js";
import type { Outcome } from "./outcome.js";
import { type Objective, problemOf } from "./problem.js";

export interface SteepestDescentOptions<P extends Tree = Tree> extends MinimizeOptions<P> {
  /** Default `armijo()`. */
  readonly lineSearch?: LineSearch;
}

/**
 * min f by θ′ = θ − α∇f(θ), α by line search, tried first at ⟨s, s⟩/⟨s, y⟩, s and y the last changes of θ and of the gradient (Barzilai & Borwein, 1988).
 * The value never rises by more than its rounding.
 * @throws TypeError if there are no parameters; RangeError if an option is outside its range
 */
export async function steepestDescent<P extends Tree>(
  f: Objective<P>,
  params: P,
  options: SteepestDescentOptions<P> = {},
): Promise<Outcome<P>> {
  const { lineSearch = armijo() } = options;
  const problem = problemOf("steepestDescent", f, params, options);
  const { dot, plus, scaled } = problem.vectors;
  const start = await problem.pointAt(params);
  let initial = start.gradientNorm > 0 ? 1 / start.gradientNorm : 1;
  return iterate("steepestDescent", problem, start, options, async (at) => {
    const direction = scaled(-1, at.gradient);
    const found = await lineSearch(problem, { from: at, direction, slope: -(at.gradientNorm ** 2), initial });
    if (!found) return { stalled: noDescent };
    // s = −α g, so ⟨s, s⟩/⟨s, y⟩ = α ‖g‖²/⟨g, g − g′⟩.
    const change = await dot(at.gradient, plus(at.gradient, -1, found.point.gradient));
    initial = change > 0 ? (found.alpha * at.gradientNorm ** 2) / change : 4 * found.alpha;
    return { point: found.point, step: found.alpha * at.gradientNorm };
  });
}
