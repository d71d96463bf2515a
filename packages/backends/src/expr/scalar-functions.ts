import type { ScalarOp } from "../expr.js";
import { erf } from "./erf.js";

/** 1/(1 + e^{−x}), relative error of a few roundings; below −709.8 the true value (< 5e-309) becomes 0, and nothing overflows to NaN. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** log(1 + eˣ) = max(x, 0) + log1p(e^{−|x|}): the exponential cannot overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/**
 * xʸ. Exponents 2, 3 and −1 are products and a quotient: faster, and the same number in every evaluator
 * (engines differ in the last bit as to whether a constant exponent 2 is a product).
 */
export function pow(x: number, y: number): number {
  return y === 2 ? x * x : y === 3 ? x * x * x : y === -1 ? 1 / x : x ** y;
}

/**
 * Every scalar operation in plain JavaScript, the meaning that all CPU evaluators share.
 * `round` takes halves towards +∞ (Math.round); `sign(NaN)`, `min` and `max` with a NaN are NaN; `select(NaN, a, b)` is a, since NaN ≠ 0.
 */
export const scalarFunctions: Readonly<Record<ScalarOp, (x: number, y: number, z: number) => number>> = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  sigmoid,
  softplus,
  erf,
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  pow,
  atan2: Math.atan2,
  min: (x, y) => Math.min(x, y),
  max: (x, y) => Math.max(x, y),
  lt: (x, y) => (x < y ? 1 : 0),
  le: (x, y) => (x <= y ? 1 : 0),
  eq: (x, y) => (x === y ? 1 : 0),
  ne: (x, y) => (x !== y ? 1 : 0),
  gt: (x, y) => (x > y ? 1 : 0),
  ge: (x, y) => (x >= y ? 1 : 0),
  select: (x, y, z) => (x !== 0 ? y : z),
};
