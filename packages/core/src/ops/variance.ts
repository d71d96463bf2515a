import { ShapeError } from "../errors.js";
import { showShape } from "../shape.js";
import type { Value } from "../value.js";
import { div } from "./div.js";
import { requireKnownOptions } from "./known-options.js";
import { mean } from "./mean.js";
import { requireEntries } from "./require-entries.js";
import { square } from "./square.js";
import { sub } from "./sub.js";
import { type ReduceOptions, sum } from "./sum.js";

export interface VarianceOptions extends ReduceOptions {
  /** What is taken from n in the divisor: 0 (default) for the variance of these numbers, 1 for an unbiased estimate from a sample. */
  readonly correction?: 0 | 1;
}

/**
 * Σ (x − x̄)² / (n − correction) over `axes`, n the number of entries reduced.
 * @throws ShapeError if n ≤ correction, or an axis is outside the array or named twice; TypeError if an option is not known
 * @remarks Two passes: the mean is taken away before squaring, so a large mean costs no digits.
 */
export function variance(x: Value, options: VarianceOptions = {}): Value {
  const freedom = degreesOfFreedom("variance", x, options);
  const { correction: _, ...over } = options;
  return div(sum(square(deviations(x, over)), over), freedom);
}

/** n − correction. @throws ShapeError unless it is positive; TypeError if an option is not known */
export function degreesOfFreedom(op: string, x: Value, options: VarianceOptions): number {
  requireKnownOptions(op, options, ["axes", "keepAxes", "correction"]);
  const { axes, correction = 0 } = options;
  const n = requireEntries(op, x.shape, axes);
  if (n <= correction) {
    throw new ShapeError(
      `${op}: ${n} entry of ${showShape(x.shape)} for each result, with correction ${correction}; at least ${correction + 1} are needed`,
    );
  }
  return n - correction;
}

/** x − x̄, of the shape of x. */
export function deviations(x: Value, { axes }: ReduceOptions): Value {
  return sub(x, mean(x, axes === undefined ? { keepAxes: true } : { axes, keepAxes: true }));
}
