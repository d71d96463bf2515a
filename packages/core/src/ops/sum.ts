import { normalizeAxes } from "../shape.js";
import type { Value } from "../value.js";
import { sumTo } from "./broadcast.js";
import { requireKnownOptions } from "./known-options.js";
import { reshape } from "./reshape.js";

/** Which axes a reduction runs over, and whether they stay as axes of size 1. */
export interface ReduceOptions {
  /** Negative axes count from the end; all axes if left out. */
  readonly axes?: number | readonly number[];
  /** Default false. */
  readonly keepAxes?: boolean;
}

/**
 * Σ x over `axes`. The empty sum is 0.
 * @throws ShapeError if an axis is outside the array or named twice; TypeError if an option is not known
 */
export function sum(x: Value, options: ReduceOptions = {}): Value {
  requireKnownOptions("sum", options, ["axes", "keepAxes"]);
  const axes = normalizeAxes("sum", options.axes, x.shape.length);
  const kept = x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
  const total = sumTo(x, kept);
  return options.keepAxes
    ? total
    : reshape(
        total,
        x.shape.filter((_, axis) => !axes.includes(axis)),
      );
}
