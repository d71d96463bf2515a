import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** |x| entry by entry; its derivative is sign x, so 0 at 0. */
export function abs(x: Value): Value {
  return op(x);
}

// d|x| = sign x dx
const op = definePointwise({ name: "abs", f: call("abs", input(0)) });
