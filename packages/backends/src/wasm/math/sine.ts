import type { Code, Local } from "../encoder/index.js";
import { v128 } from "../encoder/index.js";
import type { MathContext, VectorFunction } from "./math-context.js";
import { isOdd, isReversed, largestAngle, quarterTurns } from "./quarter-turns.js";
import { withRareLanes } from "./rare-lanes.js";
import { flipSign } from "./sign.js";
import { selectParts, sineAndCosine, sumOfParts } from "./sine-kernel.js";
import { inSteps } from "./steps.js";

/** sin x. Errors below 1 ulp in float64 and 1.6 in float32; very large angles are left to JavaScript's Math. */
export const sin: VectorFunction = (context, x) => sineOrCosine(context, x, "sin");

/** cos x, as `sin`. */
export const cos: VectorFunction = (context, x) => sineOrCosine(context, x, "cos");

function sineOrCosine(context: MathContext, x: Local, name: "sin" | "cos"): Code {
  const { numbers } = context;
  return inSteps(context, (keep) => {
    const angle = keep(numbers.vector.abs(x));
    const isRare = keep(numbers.vector.gt(angle, largestAngle(numbers)));
    const turns = quarterTurns(numbers, keep, angle);
    const { sin, cos } = sineAndCosine(numbers, keep, turns);
    const odd = keep(isOdd(numbers, turns.k));
    const magnitude = sumOfParts(numbers, name === "sin" ? selectParts(keep, cos, sin, odd) : selectParts(keep, sin, cos, odd));
    // The sine of −x is −sin x, also where x is −0; the cosine is an even function.
    const sign = name === "sin" ? v128.xor(isReversed(numbers, turns.k, 0), x) : isReversed(numbers, turns.k, 1);
    return withRareLanes(context, x, isRare, name, flipSign(numbers, magnitude, sign));
  });
}
