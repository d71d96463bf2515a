import { push, v128 } from "../encoder/index.js";
import { floatFormat } from "./float-format.js";
import { logSum, reduceLog } from "./log-reduction.js";
import type { VectorFunction } from "./math-context.js";
import { inSteps } from "./steps.js";
import { whereRare } from "./where-rare.js";

/** log(1 + x), within 1 ulp also near 0: with u = 1 + x rounded, log u + (1 + x − u)/u. The sign of 0 is kept; −∞ at −1, NaN below. */
export const log1p: VectorFunction = (context, ...args) => {
  const { numbers } = context;
  const { vector, vectorReading } = numbers;
  const { tiny } = floatFormat(numbers);
  const x = args[0]!;
  return inSteps(context, (keep) => {
    const u = keep(vector.add(x, 1));
    // What u lacks, exactly (Knuth's sum of two numbers).
    const part = keep(vector.sub(u, x));
    const lack = vector.add(vector.sub(x, vector.sub(u, part)), vector.sub(1, part));
    const correction = keep(vector.div(lack, u));
    const usual = keep(logSum(numbers, keep, reduceLog(numbers, keep, u), correction));
    const close = keep(v128.bitselect(x, usual, vector.lt(vector.abs(x), tiny)));
    const outside = keep(v128.not(v128.and(vector.gt(x, -1), vector.lt(x, Infinity))));
    // ∞ and NaN stay, −1 becomes −∞, what is below NaN.
    const limit = v128.bitselect(push(vectorReading, -Infinity), vector.sqrt(x), vector.eq(x, -1));
    return whereRare(outside, v128.bitselect(limit, close, outside), close);
  });
};
