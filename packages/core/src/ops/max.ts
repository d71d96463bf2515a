import type { Value } from "../value.js";
import { extremum } from "./extremum.js";
import type { ReduceOptions } from "./sum.js";

/**
 * max x over `axes`; NaN if an entry is NaN. For the larger of two arrays entry by entry use `maximum`.
 * @throws ShapeError if an axis reduced over has no entries, is outside the array, or is named twice; TypeError if an option is not known
 * @remarks At a tie the derivative is shared evenly among the largest entries.
 */
export function max(x: Value, options: ReduceOptions = {}): Value {
  return extremum("max", x, options);
}
