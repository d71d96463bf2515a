import { push, v128 } from "../encoder/index.js";
import { floatFormat } from "./float-format.js";
import { logSum, reduceLog } from "./log-reduction.js";
import type { VectorFunction } from "./math-context.js";
import { inSteps } from "./steps.js";
import { whereRare } from "./where-rare.js";

/** log x, to 1 ulp; −∞ at ±0, NaN below. */
export const log: VectorFunction = (context, ...args) => {
  const { numbers } = context;
  const { vector, vectorReading } = numbers;
  const { minNormal, mantissaBits } = floatFormat(numbers);
  const given = args[0]!;
  return inSteps(context, (keep) => {
    const special = keep(v128.not(v128.and(vector.ge(given, minNormal), vector.lt(given, Infinity))));
    // Subnormal numbers are made normal.
    const up = mantissaBits + 1;
    const isSmall = vector.lt(given, minNormal);
    const x = keep(whereRare(special, v128.bitselect(vector.mul(given, 2 ** up), given, isSmall), given));
    const { k, f } = reduceLog(numbers, keep, x);
    const kGiven = keep(whereRare(special, vector.sub(k, v128.and(isSmall, push(vectorReading, up))), k));
    const usual = keep(logSum(numbers, keep, { k: kGiven, f }));
    // ∞ and NaN stay, ±0 becomes −∞, negative numbers NaN.
    const limit = v128.bitselect(push(vectorReading, -Infinity), vector.sqrt(given), vector.eq(given, 0));
    const isInside = v128.and(vector.gt(given, 0), vector.lt(given, Infinity));
    return whereRare(special, v128.bitselect(usual, limit, isInside), usual);
  });
};
