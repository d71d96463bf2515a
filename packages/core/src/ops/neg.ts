import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** −x entry by entry. */
export function neg(x: Value): Value {
  return op(x);
}

// d(−x) = −dx
const op = definePointwise({ name: "neg", f: call("neg", input(0)) });
