import { erf } from "../expr/erf.js";
import { pow, sigmoid, softplus } from "../expr/scalar-functions.js";
import type { ScalarOp } from "../expr.js";

/** out[i] = op(x[i], y[i], z[i]) for i < n. */
type BlockLoop = (out: Float64Array, n: number, x: Float64Array, y: Float64Array, z: Float64Array) => void;

/** One loop for each scalar operation, written out: a loop that is handed its operation as a function calls it afresh for every entry. */
export const blockLoops: Readonly<Record<ScalarOp, BlockLoop>> = {
  neg(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = -x[i]!;
  },
  abs(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.abs(x[i]!);
  },
  sign(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.sign(x[i]!);
  },
  floor(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.floor(x[i]!);
  },
  ceil(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.ceil(x[i]!);
  },
  round(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.round(x[i]!);
  },
  exp(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.exp(x[i]!);
  },
  expm1(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.expm1(x[i]!);
  },
  log(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.log(x[i]!);
  },
  log1p(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.log1p(x[i]!);
  },
  sqrt(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.sqrt(x[i]!);
  },
  sin(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.sin(x[i]!);
  },
  cos(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.cos(x[i]!);
  },
  tan(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.tan(x[i]!);
  },
  asin(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.asin(x[i]!);
  },
  acos(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.acos(x[i]!);
  },
  atan(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.atan(x[i]!);
  },
  sinh(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.sinh(x[i]!);
  },
  cosh(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.cosh(x[i]!);
  },
  tanh(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = Math.tanh(x[i]!);
  },
  sigmoid(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = sigmoid(x[i]!);
  },
  softplus(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = softplus(x[i]!);
  },
  erf(out, n, x) {
    for (let i = 0; i < n; i++) out[i] = erf(x[i]!);
  },
  add(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = x[i]! + y[i]!;
  },
  sub(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = x[i]! - y[i]!;
  },
  mul(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = x[i]! * y[i]!;
  },
  div(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = x[i]! / y[i]!;
  },
  pow(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = pow(x[i]!, y[i]!);
  },
  atan2(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = Math.atan2(x[i]!, y[i]!);
  },
  min(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = Math.min(x[i]!, y[i]!);
  },
  max(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = Math.max(x[i]!, y[i]!);
  },
  lt(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = x[i]! < y[i]! ? 1 : 0;
  },
  le(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = x[i]! <= y[i]! ? 1 : 0;
  },
  eq(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = x[i]! === y[i]! ? 1 : 0;
  },
  ne(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = x[i]! !== y[i]! ? 1 : 0;
  },
  gt(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = x[i]! > y[i]! ? 1 : 0;
  },
  ge(out, n, x, y) {
    for (let i = 0; i < n; i++) out[i] = x[i]! >= y[i]! ? 1 : 0;
  },
  select(out, n, x, y, z) {
    for (let i = 0; i < n; i++) out[i] = x[i]! !== 0 ? y[i]! : z[i]!;
  },
};
