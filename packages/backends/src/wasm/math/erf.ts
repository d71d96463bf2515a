import { type Code, type Local, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { expTail, powerOfTwo, reduceExp } from "./exp-reduction.js";
import { floatFormat } from "./float-format.js";
import type { VectorFunction } from "./math-context.js";
import { horner } from "./polynomial.js";
import { flipSign } from "./sign.js";
import { inSteps, type Keep } from "./steps.js";

/**
 * erf x = 2/√π ∫₀ˣ e^{−t²} dt: x + x·S(x²) up to 0.9 in magnitude, 1 − e^{−x²}·R(x) above, where the second term is at most a quarter of the result, so that
 * the rounding of x² hardly counts. Errors below 1.5 ulps.
 * S is minimax (Remez exchange in 50 digits), with relative errors 2⁻⁵⁶ in float64 and 2⁻³¹ in float32. R in float32 is minimax as an error of erf, 2⁻²⁷;
 * in float64 it is from W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969), whose second range, 0.46875 to
 * 4, does as far as 6: erf is then wrong by 3.1e-18.
 */
export const erf: VectorFunction = (context, x) =>
  inSteps(context, (keep) => {
    const { numbers } = context;
    const { abs, add, div, gt, mul, pmin, sub } = numbers.vector;
    const isSingle = numbers.precision === "float32";
    // Where 1 − erf is below half an ulp of 1; NaN stays.
    const y = keep(pmin(abs(x), isSingle ? 4 : 5.93));
    const z = keep(mul(y, y));
    const isLarge = keep(gt(y, 0.9));
    const u = isSingle ? keep(sub(y, 2)) : y;
    const byRange = (large: readonly number[], small: readonly number[]): Code =>
      v128.bitselect(horner(numbers, u, large), horner(numbers, z, small), isLarge);
    const factor = keep(isSingle ? byRange(singleR, singleS) : div(byRange(doubleR, doubleS), byRange(belowR, belowS)));
    const complement = mul(expOfMinus(numbers, keep, z), factor);
    return flipSign(numbers, v128.bitselect(sub(1, complement), add(y, mul(y, factor)), isLarge), x);
  });

/** e^−z for 0 ≤ z ≤ 36. */
function expOfMinus(numbers: Numbers, keep: Keep, z: Local): Code {
  const { vector } = numbers;
  const { r, shifted } = reduceExp(numbers, keep, keep(vector.neg(z)), floatFormat(numbers).bias);
  return vector.mul(vector.add(1, vector.add(r, expTail(numbers, r))), powerOfTwo(numbers, shifted));
}

const singleS = [
  0.128379166802504327, -0.376126353112971923, 0.112837197320768361, -0.0268607531239220723, 0.00520443647257709221,
  -0.000818192958312245621, 0.0000853883988933625274,
];
/** In y − 2, where all terms are positive at the lower end. */
const singleR = [
  0.255395417775262087, -0.106798253490320359, 0.0418079767200114755, -0.0154235676054740292, 0.00546655354231887392,
  -0.0019223411312487909, 0.000471393128706119372, -0.00016337905550487877, 0.000134685957776097814,
];
const doubleS = [0.128379167095512561, -0.324823735755551027, -0.0290350123337949092, -0.00581828440445325279, -0.0000321846973439610633];
const belowS = [1, 0.399618212494824605, 0.0656962216272999605, 0.00518684059034503885, 0.000139677065873562921, -3.84919203700213789e-6];
const doubleR = [
  1.23033935479799725e3, 2.05107837782607147e3, 1.71204761263407058e3, 8.8195222124176909e2, 2.98635138197400131e2, 6.61191906371416295e1,
  8.88314979438837594, 5.64188496988670089e-1, 2.15311535474403846e-8,
];
const belowR = [
  1.23033935480374942e3, 3.43936767414372164e3, 4.36261909014324716e3, 3.29079923573345963e3, 1.62138957456669019e3, 5.37181101862009858e2,
  1.17693950891312499e2, 1.57449261107098347e1, 1,
];
