import { call, input } from "@paramat/backends";
import { add, definePointwise, leaves, mapLeaves, rebuild, type Tree, type Value, zeros, zipLeaves } from "@paramat/core";
import { initialStep } from "./initial-step.js";
import { learningRateAt, noteOf, rateOf, requireRange } from "./learning-rate.js";
import type { Optimizer } from "./optimizer.js";
import type { Schedule } from "./schedules.js";

export interface LionOptions {
  /** Default 0.0001: each entry moves by all of it in every step, so it is smaller than Adam's. */
  readonly learningRate?: number | Schedule;
  /** The share of the old mean in the direction, in [0, 1); default 0.9. */
  readonly beta1?: number;
  /** The decay of the mean of gradients, in [0, 1); default 0.99. */
  readonly beta2?: number;
  /** λ of the decoupled decay θ ← (1 − ηλ)θ; default 0. */
  readonly weightDecay?: number;
}

/** Updates made, and the running mean of gradients in the form of the parameters. */
export type LionState = { readonly step: Value; readonly mean: Tree };

/**
 * Lion: c = β₁m + (1 − β₁)g, θ′ = θ − η(sign c + λθ), m′ = β₂m + (1 − β₂)g (Chen et al., Symbolic Discovery of Optimization Algorithms, 2023,
 * algorithm 2); m starts at 0, and sign 0 is 0.
 * @throws RangeError if an option is outside its range
 */
export function lion(options: LionOptions = {}): Optimizer<LionState> {
  const { learningRate = 1e-4, beta1 = 0.9, beta2 = 0.99, weightDecay = 0 } = options;
  if (typeof learningRate === "number") requireRange("lion", "learningRate", learningRate, 0, Number.POSITIVE_INFINITY);
  requireRange("lion", "beta1", beta1, 0, 1);
  requireRange("lion", "beta2", beta2, 0, 1);
  requireRange("lion", "weightDecay", weightDecay, 0, Number.POSITIVE_INFINITY);
  const { nextMean, nextTheta } = formulas(beta1, beta2, weightDecay);

  return {
    name: "lion",
    settings: { learningRate: noteOf(learningRate), beta1, beta2, weightDecay },
    rateAt: rateOf(learningRate),
    init: (params) => ({ step: initialStep("lion", params), mean: mapLeaves(params, (theta) => zeros(theta.backend, theta.shape)) }),
    step(params, gradient, state) {
      const pairs = zipLeaves("lion", params, gradient);
      const rate = learningRateAt("lion", learningRate, state.step);
      const old = leaves(state.mean);
      const moved = pairs.map(([theta, g], i) => nextTheta(theta, g, old[i] as Value, rate));
      const mean = pairs.map(([, g], i) => nextMean(old[i] as Value, g));
      return { params: rebuild(params, moved), state: { step: add(state.step, 1), mean: rebuild(state.mean, mean) } };
    },
  };
}

function formulas(beta1: number, beta2: number, weightDecay: number) {
  const blend = (beta: number, m: number, g: number) => call("add", call("mul", beta, input(m)), call("mul", 1 - beta, input(g)));
  const sign = call("sign", blend(beta1, 2, 1));
  const along = weightDecay === 0 ? sign : call("add", sign, call("mul", weightDecay, input(0)));
  return {
    nextMean: definePointwise({ name: "lion.mean", f: blend(beta2, 0, 1) }),
    nextTheta: definePointwise({ name: "lion.update", f: call("sub", input(0), call("mul", input(3), along)) }),
  };
}
