import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { ValueLike } from "../lift.js";
import type { Value } from "../value.js";

/** a − b entry by entry, with broadcasting. */
export function sub(a: ValueLike, b: ValueLike): Value {
  return op(a, b);
}

// ∂(a − b)/∂a = 1, ∂(a − b)/∂b = −1
const op = definePointwise({ name: "sub", f: call("sub", input(0), input(1)) });
