import type { Value } from "../value.js";
import { div } from "./div.js";
import { requireKnownOptions } from "./known-options.js";
import { requireEntries } from "./require-entries.js";
import { type ReduceOptions, sum } from "./sum.js";

/**
 * (1/n) Σ x over `axes`, n the number of entries reduced.
 * @throws ShapeError if n = 0, or an axis is outside the array or named twice; TypeError if an option is not known
 */
export function mean(x: Value, options: ReduceOptions = {}): Value {
  requireKnownOptions("mean", options, ["axes", "keepAxes"]);
  const n = requireEntries("mean", x.shape, options.axes);
  return div(sum(x, options), n);
}
