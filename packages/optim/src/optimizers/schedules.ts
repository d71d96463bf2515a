import { requireCount } from "../require-count.js";

/** The learning rate of the step-th update, counted from 0 over the whole run. */
export type Schedule = (step: number) => number;

/** rate, at every step. */
export function constantRate(rate: number): Schedule {
  requireRate("constantRate", "rate", rate);
  return () => rate;
}

/**
 * to + (from − to)·(1 + cos(π t/steps))/2 at step t, and `to` from t = steps on (Loshchilov & Hutter, SGDR, 2017, equation 5, without restarts).
 * @param options `to` is 0 if left out
 */
export function cosineDecay(options: { readonly from: number; readonly to?: number; readonly steps: number }): Schedule {
  const { from, to = 0, steps } = options;
  requireRate("cosineDecay", "from", from);
  requireRate("cosineDecay", "to", to);
  requireCount("cosineDecay", "steps", steps, 1);
  return (step) => to + ((from - to) * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps))) / 2;
}

/** from · factor^⌊t/every⌋ at step t. */
export function stepDecay(options: { readonly from: number; readonly factor: number; readonly every: number }): Schedule {
  const { from, factor, every } = options;
  requireRate("stepDecay", "from", from);
  requireRate("stepDecay", "factor", factor);
  requireCount("stepDecay", "every", every, 1);
  return (step) => from * factor ** Math.floor(step / every);
}

/** The rate that follows, times (t + 1)/steps while t < steps: the first update is small and the steps-th is whole. `then` counts its steps from 0 after the warm-up. */
export function warmup(steps: number, then: number | Schedule): Schedule {
  requireCount("warmup", "steps", steps, 1);
  const after = typeof then === "number" ? constantRate(then) : then;
  return (step) => (step < steps ? (after(0) * (step + 1)) / steps : after(step - steps));
}

function requireRate(schedule: string, name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${schedule}: ${name} is ${value}; it must be a finite number ≥ 0`);
  }
}
