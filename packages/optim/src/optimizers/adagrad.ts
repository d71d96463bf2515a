import { call, input } from "@paramat/backends";
import { add, definePointwise, full, leaves, mapLeaves, rebuild, type Tree, type Value, zipLeaves } from "@paramat/core";
import { initialStep } from "./initial-step.js";
import { learningRateAt, noteOf, rateOf, requireRange } from "./learning-rate.js";
import type { Optimizer } from "./optimizer.js";
import type { Schedule } from "./schedules.js";

export interface AdagradOptions {
  /** Default 0.01. */
  readonly learningRate?: number | Schedule;
  /** What the sum of squared gradients starts at; default 0. */
  readonly initialSum?: number;
  /** ε, added to the root; default 1e-10. */
  readonly epsilon?: number;
  /** λ: adds λθ to the gradient; default 0. */
  readonly weightDecay?: number;
}

/** Updates made, and the sum of squared gradients in the form of the parameters. */
export type AdagradState = { readonly step: Value; readonly square: Tree };

/**
 * Adagrad: with g = ∇f + λθ, s′ = s + g² and θ′ = θ − η g/(√s′ + ε) (Duchi, Hazan & Singer, 2011, figure 1, diagonal).
 * @throws RangeError if an option is outside its range
 * @remarks The conventions of `torch.optim.Adagrad`; for its `lr_decay` give a schedule.
 */
export function adagrad(options: AdagradOptions = {}): Optimizer<AdagradState> {
  const { learningRate = 0.01, initialSum = 0, epsilon = 1e-10, weightDecay = 0 } = options;
  if (typeof learningRate === "number") requireRange("adagrad", "learningRate", learningRate, 0, Number.POSITIVE_INFINITY);
  requireRange("adagrad", "initialSum", initialSum, 0, Number.POSITIVE_INFINITY);
  requireRange("adagrad", "epsilon", epsilon, 0, Number.POSITIVE_INFINITY);
  requireRange("adagrad", "weightDecay", weightDecay, 0, Number.POSITIVE_INFINITY);
  const { nextSquare, nextTheta } = formulas(epsilon, weightDecay);

  return {
    name: "adagrad",
    settings: { learningRate: noteOf(learningRate), initialSum, epsilon, weightDecay },
    rateAt: rateOf(learningRate),
    init: (params) => ({
      step: initialStep("adagrad", params),
      square: mapLeaves(params, (theta) => full(theta.backend, theta.shape, initialSum)),
    }),
    step(params, gradient, state) {
      const pairs = zipLeaves("adagrad", params, gradient);
      const rate = learningRateAt("adagrad", learningRate, state.step);
      const old = leaves(state.square);
      const square = pairs.map(([theta, g], i) => nextSquare(theta, g, old[i] as Value));
      const moved = pairs.map(([theta, g], i) => nextTheta(theta, g, square[i] as Value, rate));
      return { params: rebuild(params, moved), state: { step: add(state.step, 1), square: rebuild(state.square, square) } };
    },
  };
}

function formulas(epsilon: number, weightDecay: number) {
  const [theta, gradient, square, rate] = [input(0), input(1), input(2), input(3)];
  const g = weightDecay === 0 ? gradient : call("add", gradient, call("mul", weightDecay, theta));
  const move = call("mul", rate, call("div", g, call("add", call("sqrt", square), epsilon)));
  return {
    nextSquare: definePointwise({ name: "adagrad.square", f: call("add", square, call("mul", g, g)) }),
    nextTheta: definePointwise({ name: "adagrad.update", f: call("sub", theta, move) }),
  };
}
