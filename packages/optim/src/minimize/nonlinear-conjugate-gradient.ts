import type { Tree } from "@paramat/core";
import { iterate } from "./iterate.js";
import { type LineSearch, noDescent } from "./line-search/line-search.js";
import { strongWolfe } from "./line-search/strong-wolfe.js";
import type { MinimizeOptions } from "./minimize-options.js";
import type { Outcome } from "./outcome.js";
import { type Objective, problemOf } from "./problem.js";
import type { Vectors } from "./vectors.js";

export interface NonlinearConjugateGradientOptions<P extends Tree = Tree> extends MinimizeOptions<P> {
  /** β of d′ = −g′ + βd: `PR+`, max(⟨g′, y⟩/⟨g, g⟩, 0), or `HZ` (Hager & Zhang, 2005, equation 1.3, with the bound 1.6); y = g′ − g. Default `HZ`. */
  readonly beta?: "PR+" | "HZ";
  /** Default `strongWolfe({ curvature: 0.1 })`. */
  readonly lineSearch?: LineSearch;
}

/**
 * min f by nonlinear conjugate gradients: the next direction keeps a share β of the last. Three vectors beside θ. Begins anew with −∇f where the direction
 * does not descend (Nocedal & Wright, Numerical Optimization, section 5.2). The value never rises by more than its rounding.
 * @throws TypeError if there are no parameters; RangeError if an option is outside its range
 */
export async function nonlinearConjugateGradient<P extends Tree>(
  f: Objective<P>,
  params: P,
  options: NonlinearConjugateGradientOptions<P> = {},
): Promise<Outcome<P>> {
  const { beta = "HZ", lineSearch = strongWolfe({ curvature: 0.1 }) } = options;
  const problem = problemOf("nonlinearConjugateGradient", f, params, options);
  const { vectors } = problem;
  const { dot, norm, plus, scaled } = vectors;
  const start = await problem.pointAt(params);
  let direction = scaled(-1, start.gradient);
  let slope = -(start.gradientNorm ** 2);
  let initial = start.gradientNorm > 0 ? 1 / start.gradientNorm : 1;
  return iterate("nonlinearConjugateGradient", problem, start, options, async (at) => {
    const found = await lineSearch(problem, { from: at, direction, slope, initial });
    if (!found) return { stalled: noDescent };
    const { point, alpha } = found;
    const length = await norm(direction);
    const y = plus(point.gradient, -1, at.gradient);
    const share =
      beta === "HZ"
        ? await hagerZhang(vectors, y, direction, point.gradient, length, at.gradientNorm)
        : await polakRibiere(vectors, y, point.gradient, at.gradientNorm);
    const before = slope;
    direction = plus(scaled(-1, point.gradient), share, direction);
    slope = await dot(direction, point.gradient);
    if (!(slope < 0)) {
      direction = scaled(-1, point.gradient);
      slope = -(point.gradientNorm ** 2);
    }
    // The first-order change is expected to be that of the last step (Nocedal & Wright, before equation 3.60).
    initial = slope < 0 ? (alpha * before) / slope : alpha;
    return { point, step: alpha * length, holds: [direction] };
  });
}

async function polakRibiere({ dot }: Vectors, y: Tree, next: Tree, gradientNorm: number): Promise<number> {
  return Math.max((await dot(next, y)) / gradientNorm ** 2, 0);
}

/** ⟨y − 2d‖y‖²/⟨d, y⟩, g′⟩/⟨d, y⟩, at least −1/(‖d‖ min(0.01, ‖g‖)). */
async function hagerZhang({ dot }: Vectors, y: Tree, d: Tree, next: Tree, length: number, gradientNorm: number): Promise<number> {
  const dy = await dot(d, y);
  if (!(dy > 0)) return 0;
  const share = ((await dot(y, next)) - (2 * (await dot(y, y)) * (await dot(d, next))) / dy) / dy;
  return Math.max(share, -1 / (length * Math.min(0.01, gradientNorm)));
}
