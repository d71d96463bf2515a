import { call, input } from "@paramat/backends";
import {
  add,
  definePointwise,
  div,
  leaves,
  lessEqual,
  maximum,
  rebuild,
  sub,
  type Tree,
  type Value,
  where,
  zipLeaves,
} from "@paramat/core";
import { requireCount } from "../require-count.js";
import { initialStep } from "./initial-step.js";
import { requireRange } from "./learning-rate.js";
import type { Optimizer } from "./optimizer.js";
import { wrappedSettings } from "./wrapped-settings.js";

export interface AveragedOptions {
  /** d of the running mean a′ = d·a + (1 − d)·θ′, in [0, 1); left out, the mean of all parameters since `start`, each with the same weight. */
  readonly decay?: number;
  /** The number of updates before the first that counts: until then the average is the parameters themselves. Default 0. */
  readonly start?: number;
}

/** Updates made, the average in the form of the parameters, and the state of the optimizer inside. */
export type AveragedState<S extends Tree> = { readonly step: Value; readonly average: Tree; readonly inner: S };

/**
 * An optimizer that moves as before and keeps an average of where it was (Polyak & Juditsky, 1992), which `averageOf(state)` reads: θ̄ₖ, the mean of
 * θ_{start+1} … θₖ, or with `decay` a running mean that forgets, which begins at θ_{start+1}.
 * @throws RangeError if an option is outside its range
 */
export function averaged<S extends Tree>(optimizer: Optimizer<S>, options: AveragedOptions = {}): Optimizer<AveragedState<S>> {
  const { decay, start = 0 } = options;
  if (decay !== undefined) requireRange("averaged", "decay", decay, 0, 1);
  requireCount("averaged", "start", start, 0);
  return {
    name: `averaged ${optimizer.name}`,
    settings: wrappedSettings(optimizer, { decay: decay ?? "uniform", start }),
    ...(optimizer.rateAt && { rateAt: optimizer.rateAt }),
    init: (params) => ({ step: initialStep("averaged", params), average: params, inner: optimizer.init(params) }),
    step(params, gradient, state) {
      const next = optimizer.step(params, gradient, state.inner);
      const step = add(state.step, 1);
      const counted = maximum(sub(step, start), 1);
      // The first that counts has all the weight, so that where training began is forgotten.
      const weight = decay === undefined ? div(1, counted) : where(lessEqual(counted, 1), 1, 1 - decay);
      const average = zipLeaves("averaged", state.average, next.params).map(([a, theta]) => towards(a, theta, weight));
      return { params: next.params, state: { step, average: rebuild(state.average, average), inner: next.state } };
    },
  };
}

/**
 * The average that an `averaged` optimizer has gathered, in the form of the parameters; before the first update the parameters it was made with.
 * @param state as `step` gave it, or the `optimizerState` of `fit`'s result
 * @throws TypeError if it is the state of another optimizer
 */
export function averageOf<P extends Tree>(state: Tree, params: P): P {
  const average = (state as Partial<AveragedState<Tree>>).average;
  if (!average) throw new TypeError("averageOf: the state holds no average; give that of an averaged(optimizer), the outermost one");
  return rebuild(params, leaves(average));
}

// a + w(θ − a): exactly θ for w = 1 is worth a branch, as a + (θ − a) rounds.
const [a, theta, w] = [input(0), input(1), input(2)];
const towards = definePointwise({
  name: "averaged.update",
  f: call("select", call("eq", w, 1), theta, call("add", a, call("mul", w, call("sub", theta, a)))),
});
