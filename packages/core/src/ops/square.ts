import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** x² entry by entry. */
export function square(x: Value): Value {
  return op(x);
}

// d(x²) = 2x dx
const x = input(0);
const op = definePointwise({ name: "square", f: call("mul", x, x) });
