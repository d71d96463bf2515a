import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { ValueLike } from "../lift.js";
import type { Value } from "../value.js";

/** 1 where a = b, else 0, entry by entry, with broadcasting; its derivative is 0. NaN equals nothing. */
export function equal(a: ValueLike, b: ValueLike): Value {
  return equalOp(a, b);
}

/** 1 where a ≠ b, else 0, entry by entry, with broadcasting; its derivative is 0. NaN differs from everything. */
export function notEqual(a: ValueLike, b: ValueLike): Value {
  return notEqualOp(a, b);
}

/** 1 where a < b, else 0, entry by entry, with broadcasting; its derivative is 0. False (0) for NaN. */
export function less(a: ValueLike, b: ValueLike): Value {
  return lessOp(a, b);
}

/** 1 where a ≤ b, else 0, entry by entry, with broadcasting; its derivative is 0. False (0) for NaN. */
export function lessEqual(a: ValueLike, b: ValueLike): Value {
  return lessEqualOp(a, b);
}

/** 1 where a > b, else 0, entry by entry, with broadcasting; its derivative is 0. False (0) for NaN. */
export function greater(a: ValueLike, b: ValueLike): Value {
  return greaterOp(a, b);
}

/** 1 where a ≥ b, else 0, entry by entry, with broadcasting; its derivative is 0. False (0) for NaN. */
export function greaterEqual(a: ValueLike, b: ValueLike): Value {
  return greaterEqualOp(a, b);
}

// All are piecewise constant.
const equalOp = definePointwise({ name: "equal", f: call("eq", input(0), input(1)) });
const notEqualOp = definePointwise({ name: "notEqual", f: call("ne", input(0), input(1)) });
const lessOp = definePointwise({ name: "less", f: call("lt", input(0), input(1)) });
const lessEqualOp = definePointwise({ name: "lessEqual", f: call("le", input(0), input(1)) });
const greaterOp = definePointwise({ name: "greater", f: call("gt", input(0), input(1)) });
const greaterEqualOp = definePointwise({ name: "greaterEqual", f: call("ge", input(0), input(1)) });
