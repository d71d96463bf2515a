import type { Value } from "../value.js";
import { extremum } from "./extremum.js";
import type { ReduceOptions } from "./sum.js";

/**
 * min x over `axes`; NaN if an entry is NaN. For the smaller of two arrays entry by entry use `minimum`.
 * @throws ShapeError if an axis reduced over has no entries, is outside the array, or is named twice; TypeError if an option is not known
 * @remarks At a tie the derivative is shared evenly among the smallest entries.
 */
export function min(x: Value, options: ReduceOptions = {}): Value {
  return extremum("min", x, options);
}
