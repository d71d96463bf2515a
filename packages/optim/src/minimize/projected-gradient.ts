import type { Tree } from "@paramat/core";
import type { Outcome } from "./outcome.js";
import { aligned, type Objective } from "./problem.js";
import { forwardBackward, type ProximalGradientOptions } from "./proximal-gradient.js";

/**
 * min f(θ) over a convex set, given by its projection: θ ≥ 0 by `(theta) => maximum(theta, 0)`, a network's constraints by `(params) => net.project(params)`.
 * `proximalGradient` with the indicator of the set, accelerated (Nesterov, 1983; Beck & Teboulle, 2009). Starts at the projection of `params`; the value
 * never rises by more than its rounding.
 * @param project the nearest parameters in the set
 * @returns `gradientNorm` is ‖y − P(y − τ∇f(y))‖/τ, which is 0 exactly where the conditions of Karush, Kuhn and Tucker hold
 * @throws TypeError if there are no parameters; ShapeError where the projection has another form
 */
export async function projectedGradient<P extends Tree>(
  f: Objective<P>,
  project: (params: P) => P,
  params: P,
  options: ProximalGradientOptions<P> = {},
): Promise<Outcome<P>> {
  return forwardBackward(
    "projectedGradient",
    f,
    { prox: (at) => project(at) },
    aligned("projectedGradient", params, project(params)),
    options,
  );
}
