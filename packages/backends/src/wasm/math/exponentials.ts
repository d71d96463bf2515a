import { exp } from "./exp.js";
import { expm1 } from "./expm1.js";
import { cosh, sinh, tanh } from "./hyperbolic.js";
import { log } from "./log.js";
import { log1p } from "./log1p.js";
import type { VectorFunction } from "./math-context.js";
import { pow } from "./pow.js";
import { sigmoid } from "./sigmoid.js";
import { softplus } from "./softplus.js";

/** The scalar operations that come from the exponential and the logarithm. */
export type ExponentialOp = "exp" | "expm1" | "log" | "log1p" | "pow" | "sinh" | "cosh" | "tanh" | "sigmoid" | "softplus";

/** Their forms on vectors: each within 2 ulps in both precisions, special values as `scalarFunctions` has them. */
export const exponentials: Readonly<Record<ExponentialOp, VectorFunction>> = {
  exp,
  expm1,
  log,
  log1p,
  pow,
  sinh,
  cosh,
  tanh,
  sigmoid,
  softplus,
};
