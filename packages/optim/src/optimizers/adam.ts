import { call, input } from "@paramat/backends";
import { add, definePointwise, leaves, mapLeaves, rebuild, type Tree, type Value, zeros, zipLeaves } from "@paramat/core";
import { initialStep } from "./initial-step.js";
import { learningRateAt, noteOf, rateOf, requireRange } from "./learning-rate.js";
import type { Optimizer } from "./optimizer.js";
import type { Schedule } from "./schedules.js";

export interface AdamOptions {
  /** Default 0.001. */
  readonly learningRate?: number | Schedule;
  /** Decay of the mean of gradients, in [0, 1); default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients, in [0, 1); default 0.999. */
  readonly beta2?: number;
  /** ε, added to √v̂; default 1e-8. */
  readonly epsilon?: number;
  /** λ of the decoupled decay θ ← (1 − ηλ)θ: AdamW; default 0. */
  readonly weightDecay?: number;
}

/** Updates made, and the running means of gradients and of their squares in the form of the parameters. */
export type AdamState = { readonly step: Value; readonly mean: Tree; readonly square: Tree };

/**
 * Adam: m′ = β₁m + (1 − β₁)g, v′ = β₂v + (1 − β₂)g², θ′ = (1 − ηλ)θ − η m̂ / (√v̂ + ε) with m̂ = m′/(1 − β₁ᵗ), v̂ = v′/(1 − β₂ᵗ), t = 1, 2, …
 * (Kingma & Ba, 2015, algorithm 1; the decay as in Loshchilov & Hutter, AdamW, 2019, algorithm 2).
 * @throws RangeError if an option is outside its range
 * @remarks The conventions of `torch.optim.Adam` and `AdamW`: ε stands outside the corrected root, and the decay is multiplied by the learning rate.
 */
export function adam(options: AdamOptions = {}): Optimizer<AdamState> {
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
  if (typeof learningRate === "number") requireRange("adam", "learningRate", learningRate, 0, Number.POSITIVE_INFINITY);
  requireRange("adam", "beta1", beta1, 0, 1);
  requireRange("adam", "beta2", beta2, 0, 1);
  requireRange("adam", "epsilon", epsilon, 0, Number.POSITIVE_INFINITY);
  requireRange("adam", "weightDecay", weightDecay, 0, Number.POSITIVE_INFINITY);
  const { nextMean, nextSquare, correctedRate, correctedRoot, nextTheta } = formulas(beta1, beta2, epsilon, weightDecay);

  return {
    name: "adam",
    settings: { learningRate: noteOf(learningRate), beta1, beta2, epsilon, weightDecay },
    rateAt: rateOf(learningRate),
    init(params) {
      const nothing = mapLeaves(params, (theta) => zeros(theta.backend, theta.shape));
      return { step: initialStep("adam", params), mean: nothing, square: nothing };
    },
    step(params, gradient, state) {
      const pairs = zipLeaves("adam", params, gradient);
      const eta = learningRateAt("adam", learningRate, state.step);
      const step = add(state.step, 1);
      const rate = correctedRate(eta, step);
      const root = correctedRoot(step);
      const oldMean = leaves(state.mean);
      const oldSquare = leaves(state.square);
      const mean = pairs.map(([, g], i) => nextMean(oldMean[i] as Value, g));
      const square = pairs.map(([, g], i) => nextSquare(oldSquare[i] as Value, g));
      const moved = pairs.map(([theta], i) => nextTheta(theta, mean[i] as Value, square[i] as Value, rate, root, eta));
      return {
        params: rebuild(params, moved),
        state: { step, mean: rebuild(state.mean, mean), square: rebuild(state.square, square) },
      };
    },
  };
}

function formulas(beta1: number, beta2: number, epsilon: number, weightDecay: number) {
  const [x, y] = [input(0), input(1)];
  // θ, m′, v′, η/(1 − β₁ᵗ), √(1 − β₂ᵗ), η
  const kept = weightDecay === 0 ? x : call("mul", x, call("sub", 1, call("mul", weightDecay, input(5))));
  const move = call("mul", input(3), call("div", y, call("add", call("div", call("sqrt", input(2)), input(4)), epsilon)));
  const update = definePointwise({ name: "adam.update", f: call("sub", kept, move) });
  return {
    nextMean: definePointwise({ name: "adam.mean", f: call("add", call("mul", beta1, x), call("mul", 1 - beta1, y)) }),
    nextSquare: definePointwise({ name: "adam.square", f: call("add", call("mul", beta2, x), call("mul", 1 - beta2, call("mul", y, y))) }),
    correctedRate: definePointwise({ name: "adam.rate", f: call("div", x, bias(beta1, 1)) }),
    correctedRoot: definePointwise({ name: "adam.root", f: call("sqrt", bias(beta2, 0)) }),
    nextTheta: (theta: Value, m: Value, v: Value, rate: Value, root: Value, eta: Value): Value =>
      weightDecay === 0 ? update(theta, m, v, rate, root) : update(theta, m, v, rate, root, eta),
  };
}

/** 1 − βᵗ = −expm1(t log β), which keeps its digits in float32 where β is near 1; for β = 0 any very negative logarithm gives 1. */
function bias(beta: number, step: number) {
  return call("neg", call("expm1", call("mul", Math.log(Math.max(beta, 1e-300)), input(step))));
}
