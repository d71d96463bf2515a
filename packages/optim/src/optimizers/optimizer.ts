import type { Tree } from "@paramat/core";
import type { Json } from "../json.js";

/**
 * An update rule as two pure functions: (θ, ∇f, state) ↦ (θ′, state′). Nothing is changed in place, so any step can be taken back, repeated, or
 * differentiated, and a step in which no schedule is read can be compiled.
 */
export interface Optimizer<S extends Tree = Tree> {
  /** `sgd`, `adam`, …: checkpoints say which rule their state belongs to. */
  readonly name: string;
  /**
   * The options it was made with, for checkpoints: a run that resumes must have the same. A schedule, which is a function, is noted as "schedule", so
   * that two schedules are not told apart.
   */
  readonly settings?: { readonly [key: string]: Json };
  /** The learning rate of the update after `step` updates, for the history; absent where there is not one rate. */
  readonly rateAt?: (step: number) => number;
  /** The state before the first step, on the backend of the parameters. */
  init(params: Tree): S;
  /** @throws ShapeError where the gradient has not the form of the parameters */
  step<P extends Tree>(params: P, gradient: P, state: S): { readonly params: P; readonly state: S };
}
