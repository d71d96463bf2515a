import type { ScalarOp } from "../../expr.js";
import { type Code, type Operand, push, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

/** Code for one operation on vectors; numbers stand for constants in every lane. */
export type VectorOperation = (numbers: Numbers, ...args: readonly Operand[]) => Code;

/** Comparisons as masks. */
export const comparisons: Readonly<Partial<Record<ScalarOp, VectorOperation>>> = {
  lt: ({ vector }, x, y) => vector.lt(x!, y!),
  le: ({ vector }, x, y) => vector.le(x!, y!),
  eq: ({ vector }, x, y) => vector.eq(x!, y!),
  ne: ({ vector }, x, y) => vector.ne(x!, y!),
  gt: ({ vector }, x, y) => vector.gt(x!, y!),
  ge: ({ vector }, x, y) => vector.ge(x!, y!),
};

/** Operations of a few machine instructions. */
export const operations: Readonly<Partial<Record<ScalarOp, VectorOperation>>> = {
  neg: ({ vector }, x) => vector.neg(x!),
  abs: ({ vector }, x) => vector.abs(x!),
  sign: (numbers, x) => {
    const unit = v128.or(signBits(numbers, x!), vectorOf(numbers, 1));
    return v128.bitselect(unit, vectorOf(numbers, x!), numbers.vector.gt(numbers.vector.abs(x!), 0));
  },
  floor: ({ vector }, x) => vector.floor(x!),
  ceil: ({ vector }, x) => vector.ceil(x!),
  // ⌊x⌋ plus 1 where x − ⌊x⌋ ≥ ½, a difference that is exact where it decides; ⌊x + ½⌋ would take the number below ½ to 1. Signs of zeros are x's.
  round: (numbers, x) => {
    const { vector } = numbers;
    const up = v128.and(vector.ge(vector.sub(x!, vector.floor(x!)), 0.5), vectorOf(numbers, 1));
    return v128.or(vector.add(vector.floor(x!), up), signBits(numbers, x!));
  },
  sqrt: ({ vector }, x) => vector.sqrt(x!),
  add: ({ vector }, x, y) => vector.add(x!, y!),
  sub: ({ vector }, x, y) => vector.sub(x!, y!),
  mul: ({ vector }, x, y) => vector.mul(x!, y!),
  div: ({ vector }, x, y) => vector.div(x!, y!),
  min: (numbers, x, y) => extremum(numbers, "min", x!, y!),
  max: (numbers, x, y) => extremum(numbers, "max", x!, y!),
};

/**
 * min or max. With a constant one machine instruction does, which keeps a NaN of x; only where the constant is a zero, and the sign of an equal
 * zero matters, does that of x want mending: −0 + 0 is 0.
 */
function extremum({ vector }: Numbers, which: "min" | "max", x: Operand, y: Operand): Code {
  const [variable, bound] = typeof x === "number" ? [y, x] : [x, y];
  if (typeof bound !== "number" || Number.isNaN(bound) || typeof variable === "number") return vector[which](x, y);
  if (which === "max") return bound === 0 && !Object.is(bound, -0) ? vector.add(vector.pmax(variable, 0), 0) : vector.pmax(variable, bound);
  return Object.is(bound, -0) ? vector.min(variable, bound) : vector.pmin(variable, bound);
}

function signBits(numbers: Numbers, x: Operand): Code {
  return v128.and(vectorOf(numbers, x), vectorOf(numbers, -0));
}

function vectorOf(numbers: Numbers, x: Operand): Code {
  return push(numbers.vectorReading, x);
}
