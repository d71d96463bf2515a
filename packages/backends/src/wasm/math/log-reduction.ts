import { type Code, type Local, push, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { floatFormat } from "./float-format.js";
import { horner } from "./polynomial.js";
import type { Keep } from "./steps.js";
import { whereRare } from "./where-rare.js";

/** x = 2ᵏ·(1 + f) with √½ ≤ 1 + f < √2. */
export interface LogReduction {
  readonly k: Local;
  readonly f: Local;
}

/**
 * The same also for subnormal x, by making them normal first.
 * @param x what is not positive and finite gives some finite numbers
 * @param special where x is subnormal, and wherever else: only there is it looked for
 */
export function reduceLogOfAny(numbers: Numbers, keep: Keep, x: Local, special: Local): LogReduction {
  const { vector, vectorReading } = numbers;
  const { minNormal, mantissaBits } = floatFormat(numbers);
  const up = mantissaBits + 1;
  const isSmall = vector.lt(x, minNormal);
  const normal = keep(whereRare(special, v128.bitselect(vector.mul(x, 2 ** up), x, isSmall), x));
  const { k, f } = reduceLog(numbers, keep, normal);
  return { k: keep(whereRare(special, vector.sub(k, v128.and(isSmall, push(vectorReading, up))), k)), f };
}

/** @param x positive, finite and not subnormal */
export function reduceLog(numbers: Numbers, keep: Keep, x: Local): LogReduction {
  const { vector } = numbers;
  const { integers, integer, mantissaBits, bias, oneBits, sqrtHalfBits, mantissaMask } = floatFormat(numbers);
  const bits = keep(integers.add(x, oneBits - sqrtHalfBits));
  // The exponent's bits under the exponent of 2^m are the number 2^m + exponent.
  const magic = 2 ** mantissaBits;
  const magicBits = BigInt(bias + mantissaBits) << BigInt(mantissaBits);
  const k = keep(vector.sub(v128.or(integers.shrU(bits, mantissaBits), integer(magicBits)), magic + bias));
  const f = keep(vector.sub(integers.add(v128.and(bits, integer(mantissaMask)), sqrtHalfBits), 1));
  return { k, f };
}

/**
 * k·ln 2 + log(1 + f) + extra, where `extra` is small. As fdlibm's log: with s = f/(2 + f), log(1 + f) = 2s + s·R(s²) = f − (½f² − s·(½f² + R)),
 * so that what is added to f last is small.
 */
export function logSum(numbers: Numbers, keep: Keep, { k, f }: LogReduction, extra?: Local): Code {
  const { vector, madd } = numbers;
  const { ln2High, ln2Low } = floatFormat(numbers);
  const s = keep(vector.div(f, vector.add(f, 2)));
  const z = keep(vector.mul(s, s));
  const halfSquare = keep(vector.mul(f, vector.mul(f, 0.5)));
  const R = vector.mul(z, horner(numbers, z, numbers.precision === "float32" ? singleL : doubleL));
  const low = extra ? madd(k, ln2Low, extra) : vector.mul(k, ln2Low);
  const small = vector.sub(madd(s, vector.add(R, halfSquare), low), halfSquare);
  return madd(k, ln2High, vector.add(f, small));
}

// (2·atanh(s) − 2s)/s³ as a polynomial in s² on 0 … 0.02944, interpolated at the Chebyshev nodes in 70 digits, then rounded.
// Relative error of the logarithm: 2.5e-9 (float32), 4.3e-18 (float64).
const singleL = [0.6666668653488159, 0.3998877704143524, 0.2958005368709564];
const doubleL = [
  0.666666666666667, 0.39999999999899444, 0.2857142862600327, 0.22222211130259878, 0.18182889455674947, 0.15331710618210773,
  0.14616585424888623,
];
