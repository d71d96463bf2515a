import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { ValueLike } from "../lift.js";
import type { Value } from "../value.js";

/** a · b entry by entry, with broadcasting. */
export function mul(a: ValueLike, b: ValueLike): Value {
  return op(a, b);
}

// ∂(ab)/∂a = b, ∂(ab)/∂b = a
const op = definePointwise({ name: "mul", f: call("mul", input(0), input(1)) });
