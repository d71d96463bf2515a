import type { Code, Local } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { expTail, powersOfTwo, reduceExp } from "./exp-reduction.js";
import { floatFormat } from "./float-format.js";
import type { VectorFunction } from "./math-context.js";
import { inSteps, type Keep } from "./steps.js";

/** eˣ, within 1.1 ulps; 0 below half the least number and ∞ above the greatest. */
export const exp: VectorFunction = (context, ...args) => inSteps(context, (keep) => expInParts(context.numbers, keep, args[0]!).value());

/** eˣ = value + rest, each computed where it is asked for; the rest is what the last rounding of the value leaves out. */
export function expInParts(numbers: Numbers, keep: Keep, given: Local): { readonly value: () => Code; readonly rest: () => Code } {
  const { vector } = numbers;
  const [low, high] = numbers.precision === "float32" ? [-105, 90] : [-746, 710];
  // These clamps keep NaN.
  const x = keep(vector.pmin(vector.pmax(given, low), high));
  const { r, shifted } = reduceExp(numbers, keep, x, 2 * floatFormat(numbers).bias);
  const less = keep(vector.add(r, expTail(numbers, r)));
  const sum = keep(vector.add(less, 1));
  const [first, second] = powersOfTwo(numbers, keep, shifted);
  const scaled = (part: Code | Local) => vector.mul(vector.mul(part, first), second);
  return { value: () => scaled(sum), rest: () => scaled(vector.sub(less, vector.sub(sum, 1))) };
}
