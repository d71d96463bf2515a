import { type Local, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { VectorFunction } from "./math-context.js";
import { horner } from "./polynomial.js";
import { flipSign } from "./sign.js";
import { inSteps, type Keep } from "./steps.js";
import { halfPi } from "./two-part-pi.js";

/**
 * asin x, NaN outside [−1, 1]: |x| + c up to ½, then π/2 − 2(s + c) with `halfAngle`'s s and c, as
 * 9/8 + ((π/2 − 9/8 − 2s) − (2c − rest of π/2)), whose first differences are so small that only the last rounding counts. Errors below 1.5 ulps.
 */
export const asin: VectorFunction = (context, x) =>
  inSteps(context, (keep) => {
    const { numbers } = context;
    const { add, sub, mul } = numbers.vector;
    const { high, low } = halfPi(numbers);
    const { s, c, isLarge } = halfAngle(numbers, keep, x);
    const large = add(1.125, sub(sub(high - 1.125, mul(s, 2)), sub(mul(c, 2), low)));
    return flipSign(numbers, v128.bitselect(large, add(s, c), isLarge), x);
  });

/** acos x, NaN outside [−1, 1]: π/2 − (x ± c) up to ½ in magnitude, then 2(s + c) or π − 2(s + c). Errors below 1.5 ulps. */
export const acos: VectorFunction = (context, x) =>
  inSteps(context, (keep) => {
    const { numbers } = context;
    const { add, sub, mul, lt } = numbers.vector;
    const { high, low } = halfPi(numbers);
    const { s, c, isLarge } = halfAngle(numbers, keep, x);
    const small = sub(high, sub(x, sub(low, flipSign(numbers, c, x))));
    const nearOne = mul(add(s, c), 2);
    const nearMinusOne = sub(2 * high, mul(add(s, sub(c, low)), 2));
    const large = v128.bitselect(nearMinusOne, nearOne, lt(x, 0));
    return v128.bitselect(large, small, isLarge);
  });

/**
 * s + c = asin s with c = s·z·R(z) and z = s²: of s = |x| up to ½, and of s = √((1 − |x|)/2) for larger |x| (`isLarge`), where
 * asin |x| = π/2 − 2 asin s. R is minimax on z ≤ ¼ (Remez exchange in 50 digits): relative error of the arcsine 2⁻⁶² in float64, 2⁻³¹ in float32.
 */
function halfAngle(numbers: Numbers, keep: Keep, x: Local): { readonly s: Local; readonly c: Local; readonly isLarge: Local } {
  const { abs, div, gt, mul, sqrt, sub } = numbers.vector;
  const magnitude = keep(abs(x));
  const isLarge = keep(gt(magnitude, 0.5));
  const z = keep(v128.bitselect(mul(sub(1, magnitude), 0.5), mul(magnitude, magnitude), isLarge));
  const s = keep(v128.bitselect(sqrt(z), magnitude, isLarge));
  const R = numbers.precision === "float32" ? horner(numbers, z, single) : div(horner(numbers, z, above), horner(numbers, z, below));
  return { s, c: keep(mul(s, mul(z, R))), isLarge };
}

const single = [
  0.166666602346166708, 0.0750049429383257574, 0.0445183806092496151, 0.0317982763337390559, 0.0144679832828953945, 0.0374816123208643462,
];
const above = [
  0.166666666666666588, -0.326803958573112398, 0.20297243505671759, -0.0406803964239594233, 0.000814608014019809551,
  0.0000363273517954994911,
];
const below = [1, -2.41082375143875535, 2.03484815563544397, -0.696299353396544755, 0.0784138715264811616];
