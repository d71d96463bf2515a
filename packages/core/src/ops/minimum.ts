import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { ValueLike } from "../lift.js";
import type { Value } from "../value.js";

/**
 * min(a, b) entry by entry, with broadcasting; NaN if either is NaN. To reduce along axes use `min`.
 * @remarks Where a = b each gets half of the derivative.
 */
export function minimum(a: ValueLike, b: ValueLike): Value {
  return op(a, b);
}

// d min(a, b) = da where a < b, db where b < a, (da + db)/2 at a tie
const op = definePointwise({ name: "minimum", f: call("min", input(0), input(1)) });
