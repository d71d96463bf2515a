import { push, v128 } from "../encoder/index.js";
import { floatFormat } from "./float-format.js";
import { logSum, reduceLogOfAny } from "./log-reduction.js";
import type { VectorFunction } from "./math-context.js";
import { inSteps } from "./steps.js";
import { whereRare } from "./where-rare.js";

/** log x, within 1 ulp; −∞ at ±0, NaN below. */
export const log: VectorFunction = (context, ...args) => {
  const { numbers } = context;
  const { vector, vectorReading } = numbers;
  const { minNormal } = floatFormat(numbers);
  const x = args[0]!;
  return inSteps(context, (keep) => {
    const special = keep(v128.not(v128.and(vector.ge(x, minNormal), vector.lt(x, Infinity))));
    const usual = keep(logSum(numbers, keep, reduceLogOfAny(numbers, keep, x, special)));
    // ∞ and NaN stay, ±0 becomes −∞, negative numbers NaN.
    const limit = v128.bitselect(push(vectorReading, -Infinity), vector.sqrt(x), vector.eq(x, 0));
    const isInside = v128.and(vector.gt(x, 0), vector.lt(x, Infinity));
    return whereRare(special, v128.bitselect(usual, limit, isInside), usual);
  });
};
