import { hostMap, ndarray, type Value } from "@paramat/core";
import type { Schedule } from "./schedules.js";

/**
 * The learning rate of the update after `step` updates, as a scalar on step's backend: an input of the update's formula, so that a rate that changes
 * compiles no new kernel. A schedule is called by the host, which reads the step count back; a plain number is not.
 * @throws RangeError unless the rate is finite and ≥ 0
 */
export function learningRateAt(optimizer: string, rate: number | Schedule, step: Value): Value {
  if (typeof rate === "number") return ndarray(step.backend, checkedRate(optimizer, rate, ""));
  return hostMap(step, (now) => checkedRate(optimizer, rate(now), ` at step ${now}`));
}

function checkedRate(optimizer: string, rate: number, when: string): number {
  if (rate >= 0 && rate < Number.POSITIVE_INFINITY) return rate;
  throw new RangeError(`${optimizer}: the learning rate is ${rate}${when}; it must be a finite number ≥ 0`);
}

/** A rate as an optimizer's settings note it. */
export function noteOf(rate: number | Schedule): number | "schedule" {
  return typeof rate === "number" ? rate : "schedule";
}

/** A rate as a function of the step. */
export function rateOf(rate: number | Schedule): Schedule {
  return typeof rate === "number" ? () => rate : rate;
}

/** @throws RangeError unless low ≤ value < high */
export function requireRange(optimizer: string, name: string, value: number, low: number, high: number): void {
  if (value >= low && value < high) return;
  const want = high === Number.POSITIVE_INFINITY ? `a finite number ≥ ${low}` : `in [${low}, ${high})`;
  throw new RangeError(`${optimizer}: ${name} is ${value}; it must be ${want}`);
}
