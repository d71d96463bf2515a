import type { Tree } from "@paramat/core";
import type { Optimizer } from "./optimizer.js";

/**
 * θ ↦ P(step(θ)): an optimizer whose steps end in the set that P projects onto (projected gradients, for `sgd` without momentum).
 * @param project the nearest parameters in the set: `(params) => net.project(params)` for a network
 * @remarks Bertsekas, Nonlinear Programming, 2.3. With momentum or Adam it is a heuristic: the state does not know of the projection.
 */
export function projected<S extends Tree, P extends Tree>(optimizer: Optimizer<S>, project: (params: P) => P): Optimizer<S> {
  return {
    name: `projected ${optimizer.name}`,
    ...(optimizer.settings && { settings: optimizer.settings }),
    ...(optimizer.rateAt && { rateAt: optimizer.rateAt }),
    init: optimizer.init,
    step(params, gradient, state) {
      const stepped = optimizer.step(params, gradient, state);
      return { params: project(stepped.params as Tree as P) as Tree as typeof params, state: stepped.state };
    },
  };
}
