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

/**
 * One cycle over `steps` updates: from peak/25 up to `peak` by half a cosine in the first `warm` share of them, then down to peak/250 000 by another
 * (Smith & Topin, Super-Convergence, 2019). Stays there after.
 * @param options `warm`, in (0, 1), is 0.3 if left out
 * @throws RangeError unless the climb has a step and the descent too: warm·steps > 1, and steps − 1 after it
 * @remarks As `torch.optim.lr_scheduler.OneCycleLR` with its defaults: the peak is at step warm·steps − 1, the least at step steps − 1.
 */
export function oneCycle(options: { readonly peak: number; readonly steps: number; readonly warm?: number }): Schedule {
  const { peak, steps, warm = 0.3 } = options;
  requireRate("oneCycle", "peak", peak);
  requireCount("oneCycle", "steps", steps, 2);
  const top = warm * steps - 1;
  const end = steps - 1;
  if (!(top > 0 && top < end)) {
    throw new RangeError(
      `oneCycle: warm is ${warm} of ${steps} steps, so that the peak is at step ${top}; it must lie between 0 and ${end}`,
    );
  }
  const [first, last] = [peak / 25, peak / 250_000];
  const between = (from: number, to: number, share: number) => to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
  return (step) => (step <= top ? between(first, peak, step / top) : between(peak, last, Math.min((step - top) / (end - top), 1)));
}

function requireRate(schedule: string, name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${schedule}: ${name} is ${value}; it must be a finite number ≥ 0`);
  }
}
