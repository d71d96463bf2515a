import { add, greaterEqual, leaves, mapLeaves, mul, rebuild, type Tree, type Value, where, zeros, zipLeaves } from "@paramat/core";
import { requireCount } from "../require-count.js";
import { initialStep } from "./initial-step.js";
import type { Optimizer } from "./optimizer.js";
import { wrappedSettings } from "./wrapped-settings.js";

/** Gradients gathered since the last update, their sum, and the state of the optimizer inside. */
export type AccumulateState<S extends Tree> = { readonly gathered: Value; readonly sum: Tree; readonly inner: S };

/**
 * An optimizer that moves at every `steps`-th gradient, by the mean of the last `steps` of them: a batch of `steps` batches in the memory of one.
 * @param optimizer its schedules count its own updates
 * @throws RangeError unless steps is a whole number ≥ 1
 * @remarks No number is read, so that a step can be compiled: the inner update is computed every time, and kept when it is due.
 */
export function accumulate<S extends Tree>(optimizer: Optimizer<S>, steps: number): Optimizer<AccumulateState<S>> {
  requireCount("accumulate", "steps", steps, 1);
  const { rateAt } = optimizer;
  return {
    name: `accumulated ${optimizer.name}`,
    settings: wrappedSettings(optimizer, { steps }),
    ...(rateAt && { rateAt: (step: number) => rateAt(Math.floor(step / steps)) }),
    init: (params) => ({
      gathered: initialStep("accumulate", params),
      sum: mapLeaves(params, (theta) => zeros(theta.backend, theta.shape)),
      inner: optimizer.init(params),
    }),
    step(params, gradient, state) {
      const old = leaves(state.sum);
      const total = zipLeaves("accumulate", params, gradient).map(([, g], i) => add(old[i] as Value, g));
      const gathered = add(state.gathered, 1);
      const isDue = greaterEqual(gathered, steps);
      const mean = rebuild(
        params,
        total.map((g) => mul(g, 1 / steps)),
      );
      const next = optimizer.step(params, mean, state.inner);
      return {
        params: chosen(isDue, next.params, params),
        state: {
          gathered: where(isDue, 0, gathered),
          sum: rebuild(
            state.sum,
            total.map((g) => where(isDue, 0, g)),
          ),
          inner: chosen(isDue, next.state, state.inner),
        },
      };
    },
  };
}

/** `yes` where the condition holds, else `no`, leaf by leaf. */
function chosen<T extends Tree>(condition: Value, yes: T, no: T): T {
  return rebuild(
    no,
    zipLeaves("accumulate", no, yes).map(([b, a]) => where(condition, a, b)),
  );
}
