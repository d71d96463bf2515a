import { call, type Expr, input } from "@paramat/backends";
import { add, definePointwise, leaves, mapLeaves, rebuild, type Tree, type Value, zeros, zipLeaves } from "@paramat/core";
import { initialStep } from "./initial-step.js";
import { learningRateAt, noteOf, rateOf, requireRange } from "./learning-rate.js";
import type { Optimizer } from "./optimizer.js";
import type { Schedule } from "./schedules.js";

export interface RmspropOptions {
  /** Default 0.01. */
  readonly learningRate?: number | Schedule;
  /** α, the decay of the mean of squared gradients, in [0, 1); default 0.99. */
  readonly decay?: number;
  /** ε, added to the root; default 1e-8. */
  readonly epsilon?: number;
  /** μ, in [0, 1); default 0. */
  readonly momentum?: number;
  /** Divides by the deviation √(s − m²) from the mean gradient m, in place of √s; default false. */
  readonly centered?: boolean;
  /** λ: adds λθ to the gradient; default 0. */
  readonly weightDecay?: number;
}

/** Updates made, the mean of squared gradients, their mean (`[]` unless centered) and the velocity (`[]` without momentum). */
export type RmspropState = { readonly step: Value; readonly square: Tree; readonly mean: Tree; readonly velocity: Tree };

/**
 * RMSProp: with g = ∇f + λθ, s′ = α s + (1 − α) g² and θ′ = θ − η g/(√s′ + ε); with momentum v′ = μ v + g/(√s′ + ε), θ′ = θ − η v′; centered,
 * m′ = α m + (1 − α) g, and √(s′ − m′²) stands in place of √s′ (Tieleman & Hinton, 2012, lecture 6.5; centered as in Graves, 2013, equations 38 to 45).
 * @throws RangeError if an option is outside its range
 * @remarks The conventions of `torch.optim.RMSprop`: ε stands outside the root, and everything starts at 0.
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer<RmspropState> {
  const { learningRate = 0.01, decay = 0.99, epsilon = 1e-8, momentum = 0, centered = false, weightDecay = 0 } = options;
  if (typeof learningRate === "number") requireRange("rmsprop", "learningRate", learningRate, 0, Number.POSITIVE_INFINITY);
  requireRange("rmsprop", "decay", decay, 0, 1);
  requireRange("rmsprop", "epsilon", epsilon, 0, Number.POSITIVE_INFINITY);
  requireRange("rmsprop", "momentum", momentum, 0, 1);
  requireRange("rmsprop", "weightDecay", weightDecay, 0, Number.POSITIVE_INFINITY);
  const { decayed, nextSquare, nextMean, scaled, centeredScaled, nextVelocity, nextTheta } = formulas(
    decay,
    epsilon,
    momentum,
    weightDecay,
  );

  return {
    name: "rmsprop",
    settings: { learningRate: noteOf(learningRate), decay, epsilon, momentum, centered, weightDecay },
    rateAt: rateOf(learningRate),
    init(params) {
      const nothing = mapLeaves(params, (theta) => zeros(theta.backend, theta.shape));
      return {
        step: initialStep("rmsprop", params),
        square: nothing,
        mean: centered ? nothing : [],
        velocity: momentum === 0 ? [] : nothing,
      };
    },
    step(params, gradient, state) {
      const pairs = zipLeaves("rmsprop", params, gradient);
      const rate = learningRateAt("rmsprop", learningRate, state.step);
      const [oldSquare, oldMean, oldVelocity] = [leaves(state.square), leaves(state.mean), leaves(state.velocity)];
      const gradients = pairs.map(([theta, g]) => (weightDecay === 0 ? g : decayed(theta, g)));
      const square = gradients.map((g, i) => nextSquare(oldSquare[i] as Value, g));
      const mean = centered ? gradients.map((g, i) => nextMean(oldMean[i] as Value, g)) : [];
      const along = gradients.map((g, i) => {
        const s = square[i] as Value;
        return centered ? centeredScaled(g, s, mean[i] as Value) : scaled(g, s);
      });
      const velocity = momentum === 0 ? [] : along.map((d, i) => nextVelocity(oldVelocity[i] as Value, d));
      const moved = pairs.map(([theta], i) => nextTheta(theta, (momentum === 0 ? along : velocity)[i] as Value, rate));
      return {
        params: rebuild(params, moved),
        state: {
          step: add(state.step, 1),
          square: rebuild(state.square, square),
          mean: rebuild(state.mean, mean),
          velocity: rebuild(state.velocity, velocity),
        },
      };
    },
  };
}

function formulas(decay: number, epsilon: number, momentum: number, weightDecay: number) {
  const [x, y, z] = [input(0), input(1), input(2)];
  const running = (term: Expr) => call("add", call("mul", decay, x), call("mul", 1 - decay, term));
  const over = (square: Expr) => call("div", x, call("add", call("sqrt", square), epsilon));
  // s − m² is ≥ 0 but for rounding.
  const variance = call("max", call("sub", y, call("mul", z, z)), 0);
  return {
    decayed: definePointwise({ name: "rmsprop.decayed", f: call("add", y, call("mul", weightDecay, x)) }),
    nextSquare: definePointwise({ name: "rmsprop.square", f: running(call("mul", y, y)) }),
    nextMean: definePointwise({ name: "rmsprop.mean", f: running(y) }),
    scaled: definePointwise({ name: "rmsprop.scaled", f: over(y) }),
    centeredScaled: definePointwise({ name: "rmsprop.centered", f: over(variance) }),
    nextVelocity: definePointwise({ name: "rmsprop.velocity", f: call("add", call("mul", momentum, x), y) }),
    nextTheta: definePointwise({ name: "rmsprop.update", f: call("sub", x, call("mul", z, y)) }),
  };
}
