import { push, v128 } from "../encoder/index.js";
import { expInParts } from "./exp.js";
import type { VectorFunction } from "./math-context.js";
import { inSteps } from "./steps.js";

/**
 * 1/(1 + e^{−x}), within 1.7 ulps: with E = e^{−|x|} ≤ 1 it is y = E/(1 + E) for x < 0 and 1/(1 + E) else, so nothing overflows. For x < 0, what roundings
 * left out of E and of 1 + E is put back to first order: dy = (1 − y)²·dE for an error of E in both, −y·(1 − y)·dE for one of the denominator.
 */
export const sigmoid: VectorFunction = (context, ...args) => {
  const { numbers } = context;
  const { vector, vectorReading, madd, nmadd } = numbers;
  const x = args[0]!;
  return inSteps(context, (keep) => {
    const { value, rest } = expInParts(numbers, keep, keep(vector.neg(vector.abs(x))));
    const E = keep(value());
    const isNegative = keep(vector.lt(x, 0));
    const sum = keep(vector.add(E, 1));
    const y = keep(vector.div(v128.bitselect(E, push(vectorReading, 1), isNegative), sum));
    const z = keep(vector.sub(1, y));
    const lack = vector.sub(E, vector.sub(sum, 1));
    return madd(z, v128.and(nmadd(y, lack, vector.mul(z, rest())), isNegative), y);
  });
};
