import { expTail, reduceExp, scaleByPowerOfTwo } from "./exp-reduction.js";
import { floatFormat } from "./float-format.js";
import type { VectorFunction } from "./math-context.js";
import { inSteps } from "./steps.js";

/** eˣ, within 1.1 ulps; 0 below half the least number and ∞ above the greatest. */
export const exp: VectorFunction = (context, ...args) => {
  const { numbers } = context;
  const { vector } = numbers;
  const [low, high] = numbers.precision === "float32" ? [-105, 90] : [-746, 710];
  return inSteps(context, (keep) => {
    // These clamps keep NaN.
    const x = keep(vector.pmin(vector.pmax(args[0]!, low), high));
    const { r, shifted } = reduceExp(numbers, keep, x, 2 * floatFormat(numbers).bias);
    return scaleByPowerOfTwo(numbers, keep, vector.add(1, vector.add(r, expTail(numbers, r))), shifted);
  });
};
