import { call, type Expr, input } from "@paramat/backends";
import { add, definePointwise, leaves, mapLeaves, rebuild, type Tree, type Value, zeros, zipLeaves } from "@paramat/core";
import { initialStep } from "./initial-step.js";
import { learningRateAt, noteOf, rateOf, requireRange } from "./learning-rate.js";
import type { Optimizer } from "./optimizer.js";
import type { Schedule } from "./schedules.js";

export interface SgdOptions {
  readonly learningRate: number | Schedule;
  /** μ, in [0, 1); default 0. */
  readonly momentum?: number;
  /** Steps along g + μ v′ in place of v′; default false. */
  readonly nesterov?: boolean;
  /** λ: adds λθ to the gradient, as the gradient of ½λ‖θ‖² would; default 0. */
  readonly weightDecay?: number;
}

/** Updates made, and the velocity v in the form of the parameters (`[]` without momentum). */
export type SgdState = { readonly step: Value; readonly velocity: Tree };

/**
 * Stochastic gradient descent: with g = ∇f + λθ, v′ = μ v + g and θ′ = θ − η v′ (Nesterov: θ′ = θ − η(g + μ v′)); v starts at 0.
 * @throws RangeError if an option is outside its range; TypeError for Nesterov without momentum
 * @remarks The convention of `torch.optim.SGD` with dampening 0: η multiplies v′ when it is used, not when it is gathered (Sutskever et al., 2013,
 * gather η∇f), so a schedule acts on the whole velocity at once.
 */
export function sgd(options: SgdOptions): Optimizer<SgdState> {
  const { learningRate, momentum = 0, nesterov = false, weightDecay = 0 } = options;
  if (typeof learningRate === "number") requireRange("sgd", "learningRate", learningRate, 0, Number.POSITIVE_INFINITY);
  requireRange("sgd", "momentum", momentum, 0, 1);
  requireRange("sgd", "weightDecay", weightDecay, 0, Number.POSITIVE_INFINITY);
  if (nesterov && momentum === 0)
    throw new TypeError("sgd: nesterov is true and momentum is 0; Nesterov's step needs a momentum in (0, 1)");
  const { nextVelocity, nextTheta } = formulas(momentum, nesterov, weightDecay);

  return {
    name: "sgd",
    settings: { learningRate: noteOf(learningRate), momentum, nesterov, weightDecay },
    rateAt: rateOf(learningRate),
    init: (params) => ({
      step: initialStep("sgd", params),
      velocity: momentum === 0 ? [] : mapLeaves(params, (theta) => zeros(theta.backend, theta.shape)),
    }),
    step(params, gradient, state) {
      const pairs = zipLeaves("sgd", params, gradient);
      const rate = learningRateAt("sgd", learningRate, state.step);
      const step = add(state.step, 1);
      if (momentum === 0) {
        const moved = pairs.map(([theta, g]) => nextTheta(theta, g, rate, g));
        return { params: rebuild(params, moved), state: { step, velocity: state.velocity } };
      }
      const old = leaves(state.velocity);
      const velocity = pairs.map(([theta, g], i) => nextVelocity(theta, g, old[i] as Value));
      const moved = pairs.map(([theta, g], i) => nextTheta(theta, g, rate, velocity[i] as Value));
      return { params: rebuild(params, moved), state: { step, velocity: rebuild(state.velocity, velocity) } };
    },
  };
}

function formulas(momentum: number, nesterov: boolean, weightDecay: number) {
  const theta = input(0);
  const gradient = input(1);
  const g = weightDecay === 0 ? gradient : call("add", gradient, call("mul", weightDecay, theta));
  const along = (v: Expr): Expr => (momentum === 0 ? g : nesterov ? call("add", g, call("mul", momentum, v)) : v);
  // θ, ∇f, v and θ, ∇f, η, v′; the last is read only where there is momentum, and the argument stands for it where there is not.
  const velocity = definePointwise({ name: "sgd.velocity", f: call("add", call("mul", momentum, input(2)), g) });
  const move = definePointwise({ name: "sgd.update", f: call("sub", theta, call("mul", input(2), along(input(3)))) });
  return {
    nextVelocity: velocity,
    nextTheta: (x: Value, dx: Value, rate: Value, v: Value): Value => (momentum === 0 ? move(x, dx, rate) : move(x, dx, rate, v)),
  };
}
