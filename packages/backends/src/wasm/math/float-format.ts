import { type Code, i32x4, i64x2, push } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

/** A precision's numbers as bits. */
export interface FloatFormat {
  /** Instructions that take every lane as an integer of its size. */
  readonly integers: Pick<typeof i64x2, keyof typeof i32x4 & keyof typeof i64x2>;
  /** An integer in every lane. */
  readonly integer: (value: bigint) => Code;
  /** Bits after the leading one, and what is added to exponents. */
  readonly mantissaBits: number;
  readonly bias: number;
  /** Least number that is not subnormal. */
  readonly minNormal: number;
  /** Bits of 1, of √½ rounded, of the mantissa's mask. */
  readonly oneBits: bigint;
  readonly sqrtHalfBits: bigint;
  readonly mantissaMask: bigint;
  /** ln 2 = ln2High + ln2Low; the high part times any exponent is exact. */
  readonly ln2High: number;
  readonly ln2Low: number;
  /** Below this |x|, f(x) = x to the last bit for sinh, tanh, expm1 and log1p. */
  readonly tiny: number;
}

export function floatFormat({ precision }: Numbers): FloatFormat {
  return precision === "float32" ? single : double;
}

const single: FloatFormat = {
  integers: i32x4,
  integer: (value) => push("i32x4", value),
  mantissaBits: 23,
  bias: 127,
  minNormal: 2 ** -126,
  oneBits: 0x3f800000n,
  sqrtHalfBits: 0x3f3504f3n,
  mantissaMask: 0x7fffffn,
  ln2High: 0.693115234375,
  ln2Low: 3.194618329871446e-5,
  tiny: 2 ** -26,
};

const double: FloatFormat = {
  integers: i64x2,
  integer: (value) => push("i64x2", value),
  mantissaBits: 52,
  bias: 1023,
  minNormal: 2 ** -1022,
  oneBits: 0x3ff0000000000000n,
  sqrtHalfBits: 0x3fe6a09e667f3bcdn,
  mantissaMask: 0xfffffffffffffn,
  ln2High: 0.6931471805592082,
  ln2Low: 7.371002565167799e-13,
  tiny: 2 ** -55,
};
