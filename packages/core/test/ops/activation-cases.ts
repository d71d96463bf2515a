import * as ops from "../../src/index.js";
import { erfSeries } from "./erf-series.js";
import { at, type PointwiseCase, pointwise, toZero, wide } from "./pointwise-case.js";

const { abs, exp, log, LN2, SQRT1_2 } = Math;
const log3 = log(3);
const logistic = (x: number) => exp(x) / (1 + exp(x));
// λ and λα of the selu paper, and λα(e^{−log 2} − 1) = −λα/2.
const [lambda, lambdaAlpha] = [1.0507009873554805, 1.7580993408473766];

/** Ops that networks put between their layers. */
export const activationCases: readonly PointwiseCase[] = [
  pointwise("sigmoid", ops.sigmoid, logistic, [wide], [at(0, 0.5), at(log3, 0.75), at(-1000, 0), at(1000, 1)]),
  pointwise("softplus", ops.softplus, (x) => log(1 + exp(x)), [wide], [at(0, LN2), at(log3, 2 * LN2), at(1000, 1000), at(-1000, 0)]),
  pointwise("logSigmoid", ops.logSigmoid, (x) => log(logistic(x)), [wide], [at(0, -LN2), at(-1000, -1000), at(1000, 0)]),
  pointwise("relu", ops.relu, (x) => (x > 0 ? x : 0), [wide], [at(-2, 0), at(3, 3), at(NaN, NaN)], toZero),
  pointwise("leakyRelu", ops.leakyRelu, (x, s) => (x > 0 ? x : s * x), [wide, [0.01, 0.5]], [at(-2, 0.25, -0.5), at(3, 0.25, 3)], toZero),
  pointwise(
    "elu",
    ops.elu,
    (x, a) => (x > 0 ? x : a * (exp(x) - 1)),
    [wide, [0.5, 2]],
    [at(-LN2, 2, -1), at(3, 2, 3), at(800, 1, 800)],
    toZero,
  ),
  pointwise("selu", ops.selu, selu, [wide], [at(-LN2, -lambdaAlpha / 2), at(2, 2 * lambda), at(800, 800 * lambda)], toZero),
  // Φ(1) = 0.841344746068543 (Abramowitz & Stegun, Table 26.1)
  pointwise(
    "gelu",
    ops.gelu,
    (x) => (x * (1 + erfSeries(x * SQRT1_2))) / 2,
    [wide],
    [at(0, 0), at(1, 0.8413447460685429), at(-1, -0.1586552539314571)],
  ),
  pointwise("silu", ops.silu, (x) => x * logistic(x), [wide], [at(log3, 0.75 * log3), at(0, 0)]),
  pointwise("softsign", ops.softsign, (x) => (x < 0 ? x / (1 - x) : x / (1 + x)), [wide], [at(-3, -0.75), at(1, 0.5)], toZero),
  pointwise("hardTanh", ops.hardTanh, hardTanh, [wide], [at(2, 1), at(-2, -1), at(0.5, 0.5), at(NaN, NaN)], (x) => abs(abs(x) - 1)),
];

function selu(x: number): number {
  return x > 0 ? lambda * x : lambdaAlpha * (exp(x) - 1);
}

function hardTanh(x: number): number {
  return Math.min(Math.max(x, -1), 1);
}
