import { push, v128 } from "../encoder/index.js";
import { exp } from "./exp.js";
import type { VectorFunction } from "./math-context.js";
import { inSteps } from "./steps.js";

/** 1/(1 + e^{−x}), within 1.9 ulps: with E = e^{−|x|} ≤ 1 it is E/(1 + E) for x < 0 and 1/(1 + E) else, so nothing overflows. */
export const sigmoid: VectorFunction = (context, ...args) => {
  const { vector, vectorReading, nmadd } = context.numbers;
  const x = args[0]!;
  return inSteps(context, (keep) => {
    const below = keep(vector.neg(vector.abs(x)));
    const E = keep(exp(context, below));
    const numerator = v128.bitselect(E, push(vectorReading, 1), vector.lt(x, 0));
    const sum = keep(vector.add(E, 1));
    const quotient = keep(vector.div(numerator, sum));
    // What the sum lacks would change E/(1 + E) by up to an ulp; its share of 1/(1 + E) is smaller and at least not overdone.
    const lack = vector.sub(E, vector.sub(sum, 1));
    return nmadd(vector.mul(quotient, lack), vector.sub(1, quotient), quotient);
  });
};
