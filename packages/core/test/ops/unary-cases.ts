import * as ops from "../../src/index.js";
import { erfSeries } from "./erf-series.js";
import { at, type PointwiseCase, pointwise, toZero, wide } from "./pointwise-case.js";

const { abs, atan, exp, log, sqrt, LN2, PI } = Math;
const toInteger = (x: number) => abs(x - Math.round(x));
const toHalf = (x: number) => abs(toInteger(x) - 0.5);

/** Ops of one argument that every mathematics library has. */
export const unaryCases: readonly PointwiseCase[] = [
  pointwise("neg", ops.neg, (x) => 0 - x, [wide], [at(3, -3)]),
  pointwise("square", ops.square, (x) => x * x, [wide], [at(-3, 9)]),
  pointwise("sqrt", ops.sqrt, (x) => exp(0.5 * log(x)), [[0.3, 3]], [at(9, 3), at(0, 0), at(-1, NaN)]),
  pointwise("reciprocal", ops.reciprocal, (x) => exp(-log(x)), [[0.3, 3]], [at(4, 0.25), at(0, Infinity)]),
  pointwise("exp", ops.exp, (x) => 1 / exp(-x), [wide], [at(0, 1), at(LN2, 2)]),
  // e^h − 1 = h + h²/2 + …
  pointwise("expm1", ops.expm1, (x) => exp(x) - 1, [wide], [at(1e-10, 1.00000000005e-10), at(LN2, 1)]),
  pointwise("log", ops.log, (x) => 2 * Math.atanh((x - 1) / (x + 1)), [[0.3, 3]], [at(1, 0), at(Math.E, 1), at(0, -Infinity), at(-1, NaN)]),
  // log(1 + h) = h − h²/2 + …
  pointwise("log1p", ops.log1p, (x) => log(1 + x), [[-0.7, 3]], [at(1e-10, 9.9999999995e-11), at(-1, -Infinity)]),
  pointwise("sin", ops.sin, (x) => Math.cos(x - PI / 2), [wide], [at(PI / 6, 0.5)]),
  pointwise("cos", ops.cos, (x) => Math.sin(x + PI / 2), [wide], [at(PI / 3, 0.5)]),
  pointwise("tan", ops.tan, (x) => Math.sin(x) / Math.cos(x), [[-1.2, 1.2]], [at(PI / 4, 1)]),
  pointwise("asin", ops.asin, (x) => atan(x / sqrt(1 - x * x)), [[-0.8, 0.8]], [at(0.5, PI / 6), at(2, NaN)]),
  pointwise("acos", ops.acos, (x) => PI / 2 - atan(x / sqrt(1 - x * x)), [[-0.8, 0.8]], [at(0.5, PI / 3), at(2, NaN)]),
  pointwise("atan", ops.atan, (x) => Math.asin(x / sqrt(1 + x * x)), [wide], [at(1, PI / 4)]),
  pointwise("sinh", ops.sinh, (x) => (exp(x) - exp(-x)) / 2, [wide], [at(LN2, 0.75)]),
  pointwise("cosh", ops.cosh, (x) => (exp(x) + exp(-x)) / 2, [wide], [at(LN2, 1.25)]),
  pointwise("tanh", ops.tanh, (x) => 1 - 2 / (exp(2 * x) + 1), [wide], [at(LN2, 0.6), at(1000, 1)]),
  // Abramowitz & Stegun, Table 7.1
  pointwise(
    "erf",
    ops.erf,
    erfSeries,
    [[-2, 2]],
    [at(0, 0), at(0.5, 0.5204998778130465), at(-1, -0.8427007929497149), at(2, 0.9953222650189527)],
  ),
  pointwise("abs", ops.abs, (x) => (x < 0 ? -x : x), [wide], [at(-2, 2)], toZero),
  pointwise("sign", ops.sign, (x) => (x < 0 ? -1 : 1), [wide], [at(-2, -1), at(0, 0), at(3, 1)], toZero),
  pointwise("floor", ops.floor, (x) => x - (((x % 1) + 1) % 1), [wide], [at(-1.5, -2), at(1.5, 1)], toInteger),
  pointwise("ceil", ops.ceil, (x) => x + (((-x % 1) + 1) % 1), [wide], [at(-1.5, -1), at(1.5, 2)], toInteger),
  pointwise("round", ops.round, (x) => Math.floor(x + 0.5), [wide], [at(2.5, 3), at(-2.5, -2), at(1.4, 1)], toHalf),
];
