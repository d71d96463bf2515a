import type { KernelFunction } from "../driver.js";
import { cosOf, sinOf, smallCosine, smallSine, tanOf } from "./circular.js";
import { erfOf } from "./error-function.js";
import { expm1Of, expTail, expTimes } from "./exponentials.js";
import { coshOf, sinhOf, tanhOf } from "./hyperbolic.js";
import { acosOf, arcsineTail, asinOf, atan2Of, atanOf, slopeAngle } from "./inverse-circular.js";
import { log1pOf, logOf, logSum } from "./logarithms.js";
import { sigmoidOf, softplusOf } from "./logistic.js";
import { headOf, powerOfSize, powOf } from "./power.js";
import { rootOf } from "./root.js";
import { maxOf, minOf, roundOf, signOf } from "./rounding.js";
import { scaled } from "./scaled.js";

/**
 * The functions of formulas in float32, from sums, products, quotients, floors and comparisons alone: devices' own are too inaccurate, or wrong at the edges of their
 * domains. Assumed of the device: that its sums, products and comparisons are those of IEEE 754 (subnormal numbers may count as 0), that a compiler does not take
 * apart (x − a) − b, and that a comparison with NaN is false. Products and sums may be fused. A function
 * that calls others is itself called from one place only: gpu.js puts the functions of a WebGL kernel into a wrong order otherwise.
 */
export const mathFunctions: readonly KernelFunction[] = [
  scaled,
  roundOf,
  signOf,
  maxOf,
  minOf,
  rootOf,
  expTail,
  expTimes,
  expm1Of,
  logSum,
  logOf,
  log1pOf,
  sinhOf,
  coshOf,
  tanhOf,
  sigmoidOf,
  softplusOf,
  erfOf,
  smallSine,
  smallCosine,
  sinOf,
  cosOf,
  tanOf,
  arcsineTail,
  asinOf,
  acosOf,
  slopeAngle,
  atanOf,
  atan2Of,
  headOf,
  powerOfSize,
  powOf,
];
