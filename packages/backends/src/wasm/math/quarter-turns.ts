import { type Code, f64x2, i8x16, i32x4, i64x2, type Local, push, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { narrowed, widened } from "./float64-halves.js";
import type { Keep } from "./steps.js";

/** |x| = k·π/2 + r + rest with r in [−π/4, π/4], up to rounding. */
export interface QuarterTurns {
  readonly r: Local;
  /** What r lacks by its rounding; left out in float32, where half an ulp of r is all. */
  readonly rest?: Local;
  /** Integers of the precision's width whose last two bits are those of k. */
  readonly k: Local;
}

/** Largest |x| for which `quarterTurns` holds. */
export function largestAngle({ precision }: Numbers): number {
  return precision === "float32" ? 1e6 : 5e4;
}

/**
 * The reduction of Cody and Waite: π/2 is cut into parts so short that k times a part is exact.
 * @param angle |x| ≤ `largestAngle`; of larger or infinite ones r is rubbish, of NaN it is NaN
 */
export function quarterTurns(numbers: Numbers, keep: Keep, angle: Local): QuarterTurns {
  return numbers.precision === "float32" ? inFloat32(keep, angle) : inFloat64(keep, angle);
}

/**
 * Of a float32 number as float64: k < 2²⁰ times the 33 bits of the first part is exact, and k times the second is wrong by 2⁻⁶⁶ at most, while no
 * float32 number this small is nearer than 2⁻²⁸ to a multiple of π/2.
 */
export function quarterTurnsWidened(keep: Keep, angle: Local): QuarterTurns {
  const [k, turns] = nearestInteger(keep, angle);
  const r = f64x2.sub(f64x2.sub(angle, f64x2.mul(turns, 1.5707963267341256)), f64x2.mul(turns, 6.077100506506192e-11));
  return { r: keep(r), k };
}

function inFloat32(keep: Keep, angle: Local): QuarterTurns {
  const [lower, upper] = widened(keep, angle).map((half) => quarterTurnsWidened(keep, half)) as [QuarterTurns, QuarterTurns];
  const lowWords = i8x16.shuffle(lower.k, upper.k, [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]);
  return { r: keep(narrowed(push("f64x2", lower.r), push("f64x2", upper.r))), k: keep(lowWords) };
}

/**
 * k < 2¹⁵ times the 38 bits of each of the first two parts is exact. The first difference is exact (Sterbenz); where the second one cancels it is exact too,
 * since all is a multiple of 2⁻⁷⁵. The third product is wrong by 2⁻¹¹⁴ at most; no float64 number this small is nearer than 2⁻⁶¹ to a multiple
 * of π/2.
 */
function inFloat64(keep: Keep, angle: Local): QuarterTurns {
  const { add, sub, mul } = f64x2;
  const [k, turns] = nearestInteger(keep, angle);
  const first = keep(sub(angle, mul(turns, 1.5707963267923333)));
  const step = keep(mul(turns, 2.5633441515839558e-12));
  const second = keep(sub(first, step));
  const missing = keep(sub(sub(sub(first, second), step), mul(turns, 1.0562999066987428e-23)));
  const r = keep(add(second, missing));
  return { r, rest: keep(add(sub(second, r), missing)), k };
}

/** The integer nearest to x·2/π: in the last bits of a sum whose ulp is 1, and as a number. */
function nearestInteger(keep: Keep, x: Local): readonly [Local, Local] {
  const unitUlp = 1.5 * 2 ** 52;
  const sum = keep(f64x2.add(f64x2.mul(x, 2 / Math.PI), unitUlp));
  return [sum, keep(f64x2.sub(sum, unitUlp))];
}

/** All bits where k is odd. */
export function isOdd({ precision }: Numbers, k: Local): Code {
  return precision === "float32" ? i32x4.neg(v128.and(k, push("i32x4", 1))) : i64x2.neg(v128.and(k, push("i64x2", 1)));
}

/** The sign bit where k + quarters is 2 or 3 modulo 4; other bits are rubbish. */
export function isReversed({ precision }: Numbers, k: Local, quarters: 0 | 1): Code {
  return precision === "float32"
    ? i32x4.shl(quarters === 0 ? k : i32x4.add(k, 1), 30)
    : i64x2.shl(quarters === 0 ? k : i64x2.add(k, 1), 62);
}
