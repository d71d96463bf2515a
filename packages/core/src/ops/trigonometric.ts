import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { ValueLike } from "../lift.js";
import type { Value } from "../value.js";

/** sin x entry by entry; x in radians. */
export function sin(x: Value): Value {
  return sinOp(x);
}

/** cos x entry by entry; x in radians. */
export function cos(x: Value): Value {
  return cosOp(x);
}

/** tan x entry by entry; x in radians. */
export function tan(x: Value): Value {
  return tanOp(x);
}

/** arcsin x entry by entry, in [−π/2, π/2]; NaN where |x| > 1, derivative ∞ at ±1. */
export function asin(x: Value): Value {
  return asinOp(x);
}

/** arccos x entry by entry, in [0, π]; NaN where |x| > 1, derivative −∞ at ±1. */
export function acos(x: Value): Value {
  return acosOp(x);
}

/** arctan x entry by entry, in (−π/2, π/2). */
export function atan(x: Value): Value {
  return atanOp(x);
}

/**
 * The angle of the point (x, y) entry by entry, in [−π, π], with broadcasting.
 * @remarks The angle jumps by 2π across the negative x-axis; its derivative at the origin is NaN.
 */
export function atan2(y: ValueLike, x: ValueLike): Value {
  return atan2Op(y, x);
}

// d sin x = cos x dx
const sinOp = definePointwise({ name: "sin", f: call("sin", input(0)) });
// d cos x = −sin x dx
const cosOp = definePointwise({ name: "cos", f: call("cos", input(0)) });
// z = tan x: dz = (1 + z²) dx
const tanOp = definePointwise({ name: "tan", f: call("tan", input(0)) });
// d arcsin x = dx/√(1 − x²)
const asinOp = definePointwise({ name: "asin", f: call("asin", input(0)) });
// d arccos x = −dx/√(1 − x²)
const acosOp = definePointwise({ name: "acos", f: call("acos", input(0)) });
// d arctan x = dx/(1 + x²)
const atanOp = definePointwise({ name: "atan", f: call("atan", input(0)) });
// d atan2(y, x) = (x dy − y dx)/(x² + y²), without the squares (see the rule of Expr)
const atan2Op = definePointwise({ name: "atan2", f: call("atan2", input(0), input(1)) });
