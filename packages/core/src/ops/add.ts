import { sum } from "../define/pointwise.js";
import { lift, type ValueLike } from "../lift.js";
import type { Value } from "../value.js";

/** a + b, with broadcasting. */
export function add(a: ValueLike, b: ValueLike): Value {
  return sum(lift("add", [a, b]));
}
