import { v128 } from "../encoder/index.js";
import { expTail, powerOfTwo, reduceExp } from "./exp-reduction.js";
import { floatFormat } from "./float-format.js";
import type { VectorFunction } from "./math-context.js";
import { inSteps } from "./steps.js";

/** eˣ − 1 = 2·(2ⁿ⁻¹·(eʳ − 1) + (2ⁿ⁻¹ − ½)), within 1.8 ulps also near 0; the sign of 0 is kept. */
export const expm1: VectorFunction = (context, ...args) => {
  const { numbers } = context;
  const { vector, madd } = numbers;
  const { bias, tiny } = floatFormat(numbers);
  const [low, high] = numbers.precision === "float32" ? [-20, 88.9] : [-40, 709.9];
  return inSteps(context, (keep) => {
    const x = keep(vector.pmin(vector.pmax(args[0]!, low), high));
    const { r, shifted } = reduceExp(numbers, keep, x, bias - 1);
    const scale = keep(powerOfTwo(numbers, shifted));
    // For n = 1 and r < 0, where much cancels, the first sum is exact.
    const half = keep(madd(scale, expTail(numbers, r), madd(scale, r, vector.sub(scale, 0.5))));
    return v128.bitselect(x, vector.add(half, half), vector.lt(vector.abs(x), tiny));
  });
};
