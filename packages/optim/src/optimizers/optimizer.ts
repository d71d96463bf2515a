import type { Tree } from "@paramat/core";

/**
 * An update rule as two pure functions: (θ, ∇f, state) ↦ (θ′, state′). Nothing is changed in place, so any step can be taken back, repeated, or
 * differentiated, and a step in which no schedule is read can be compiled.
 */
export interface Optimizer<S extends Tree = Tree> {
  /** `sgd`, `adam`, …: checkpoints say which rule their state belongs to. */
  readonly name: string;
  /** The state before the first step, on the backend of the parameters. */
  init(params: Tree): S;
  /** @throws ShapeError where the gradient has not the form of the parameters */
  step<P extends Tree>(params: P, gradient: P, state: S): { readonly params: P; readonly state: S };
}
