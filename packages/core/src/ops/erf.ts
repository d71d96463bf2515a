import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** The error function 2/√π ∫₀ˣ e^{−t²} dt entry by entry, in [−1, 1]. */
export function erf(x: Value): Value {
  return op(x);
}

// d erf x = 2/√π e^{−x²} dx
const op = definePointwise({ name: "erf", f: call("erf", input(0)) });
