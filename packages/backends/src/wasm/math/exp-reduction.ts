import type { Code, Local } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { floatFormat } from "./float-format.js";
import { horner } from "./polynomial.js";
import type { Keep } from "./steps.js";

/** x = n·ln 2 + r with n whole and |r| ≤ ½·ln 2, up to a rounding of r. */
export interface ExpReduction {
  readonly r: Local;
  /** Numbers whose lowest bits are those of the integer n + offset. */
  readonly shifted: Local;
}

/**
 * Argument reduction of Cody and Waite: n·ln2High is exact and cancels x's leading bits exactly.
 * @param x NaN, or within about twice the range where eˣ is neither 0 nor ∞
 * @param offset an integer that is added to n in `shifted`; a power of two wants its exponent bits there
 */
export function reduceExp(numbers: Numbers, keep: Keep, x: Local, offset: number): ExpReduction {
  const { vector, madd, nmadd } = numbers;
  const { mantissaBits, ln2High, ln2Low } = floatFormat(numbers);
  // Between 2^m and 2^(m+1) numbers are integers, so the sum is rounded to one.
  const magic = 1.5 * 2 ** mantissaBits + offset;
  const shifted = keep(madd(x, Math.LOG2E, magic));
  const n = keep(vector.sub(shifted, magic));
  const r = keep(nmadd(n, ln2Low, nmadd(n, ln2High, x)));
  return { r, shifted };
}

/** eʳ − 1 − r for |r| ≤ ½·ln 2, as r²·S(r). */
export function expTail(numbers: Numbers, r: Local): Code {
  const { vector, precision } = numbers;
  return vector.mul(vector.mul(r, r), horner(numbers, r, precision === "float32" ? singleS : doubleS));
}

/** 2^(shifted's integer − bias): the number with these exponent bits, 1 … 2·bias. */
export function powerOfTwo(numbers: Numbers, shifted: Code | Local): Code {
  const { integers, mantissaBits } = floatFormat(numbers);
  return integers.shl(shifted, mantissaBits);
}

/**
 * Two powers of two with product 2ⁿ for any n with |n| < 2·bias. A value near 1 times one of them is exact, so that the product with both is rounded
 * once, also where it becomes subnormal or infinite.
 * @param shifted from a reduction with offset 2·bias
 */
export function powersOfTwo(numbers: Numbers, keep: Keep, shifted: Local): readonly [Local, Local] {
  const { integers } = floatFormat(numbers);
  const half = keep(integers.shrU(shifted, 1));
  return [keep(powerOfTwo(numbers, half)), keep(powerOfTwo(numbers, integers.sub(shifted, half)))];
}

// (eʳ − 1 − r)/r² on |r| ≤ 1.0001·½·ln 2, interpolated at the Chebyshev nodes in 70 digits, then rounded.
// Relative error of eʳ: 1.1e-8 (float32), 1.6e-17 (float64).
const singleS = [0.5, 0.16666576266288757, 0.041666556149721146, 0.008363178931176662, 0.0013926184037700295];
const doubleS = [
  0.5000000000000001, 0.16666666666666669, 0.04166666666662413, 0.008333333333330062, 0.0013888888917213717, 0.00019841269863053618,
  2.4801521295954376e-5, 2.7557268459997064e-6, 2.7620088445409746e-7, 2.510038549551032e-8,
];
