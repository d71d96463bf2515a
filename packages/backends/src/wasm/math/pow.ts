import { type Code, type Local, push, v128 } from "../encoder/index.js";
import { type Numbers, numbersOf } from "../numbers.js";
import { floatFormat } from "./float-format.js";
import { narrowed, widened } from "./float64-halves.js";
import { reduceLogOfAny } from "./log-reduction.js";
import type { VectorFunction } from "./math-context.js";
import { doublePower, type PowerOfSize, singlePower } from "./power-of-size.js";
import { signBit } from "./sign.js";
import { inSteps, type Keep } from "./steps.js";
import { whereRare } from "./where-rare.js";

/**
 * xʸ within about 1 ulp, with the special cases of JavaScript: x⁰ = 1 also for NaN, (±1)^±∞ = NaN, NaN for x < 0 unless y is whole.
 * Exponents 2, 3 and −1 are products and a quotient, as everywhere. In float32 it is computed in float64 and rounded.
 */
export const pow: VectorFunction = (context, ...args) => {
  const [x, y] = args as readonly [Local, Local];
  return inSteps(context, (keep) => {
    if (context.numbers.precision === "float64") return powerOfLanes(context.numbers, keep, x, y, doublePower);
    const wide = numbersOf("float64", false);
    const [xs, ys] = [widened(keep, x), widened(keep, y)];
    const [lower, upper] = xs.map((half, i) => powerOfLanes(wide, keep, half, ys[i]!, singlePower)) as [Code, Code];
    return narrowed(lower, upper);
  });
};

/** xʸ in two float64 lanes, from a way to find |x|ʸ for finite, positive |x|. */
function powerOfLanes(numbers: Numbers, keep: Keep, x: Local, y: Local, { product, power, limit }: PowerOfSize): Code {
  const { vector, vectorReading } = numbers;
  const { minNormal } = floatFormat(numbers);
  const size = keep(vector.abs(x));
  const ySize = keep(vector.abs(y));
  const special = keep(v128.not(v128.and(v128.and(vector.ge(size, minNormal), vector.lt(size, Infinity)), vector.lt(ySize, Infinity))));

  // An exponent beyond 2⁶⁵ makes every power 0, 1 or ∞; it is cut there, so that products stay finite.
  const exponent = keep(vector.pmin(vector.pmax(y, -(2 ** 65)), 2 ** 65));
  const { high, low } = product(numbers, keep, reduceLogOfAny(numbers, keep, size, special), exponent);

  // Beyond the limit the power is 0 or ∞; so it is for |x| = 0 or ∞.
  const clamped = keep(vector.pmin(vector.pmax(high, -limit), limit));
  const isEnd = v128.or(vector.eq(size, 0), vector.eq(size, Infinity));
  const growsAtEnd = v128.xor(vector.eq(size, 0), vector.gt(y, 0));
  const atEnd = v128.bitselect(push(vectorReading, limit), push(vectorReading, -limit), growsAtEnd);
  const log2 = keep(whereRare(special, v128.bitselect(atEnd, clamped, isEnd), clamped));
  const positive = keep(power(numbers, keep, log2, keep(v128.and(low, vector.eq(log2, high)))));

  const hasSign = keep(v128.and(x, signBit(numbers)));
  const half = keep(vector.mul(y, 0.5));
  const isWhole = keep(vector.eq(vector.nearest(y), y));
  const isOdd = v128.and(isWhole, vector.ne(vector.nearest(half), half));
  const isUndefined = v128.andnot(v128.and(vector.lt(x, 0), vector.gt(x, -Infinity)), isWhole);
  const signed = v128.or(v128.xor(positive, v128.and(hasSign, isOdd)), isUndefined);
  const usual = keep(whereRare(hasSign, signed, positive));

  const isNaN = v128.or(v128.or(vector.ne(x, x), vector.ne(y, y)), v128.and(vector.eq(size, 1), vector.eq(ySize, Infinity)));
  const defined = v128.bitselect(push(vectorReading, 1), v128.or(usual, isNaN), vector.eq(y, 0));
  const general = keep(whereRare(special, defined, usual));

  const [is2, is3, isInverse] = [2, 3, -1].map((n) => keep(vector.eq(y, n))) as [Local, Local, Local];
  const isProduct = keep(v128.or(v128.or(is2, is3), isInverse));
  const square = keep(vector.mul(x, x));
  const whole = v128.bitselect(square, v128.bitselect(vector.mul(square, x), vector.div(1, x), is3), is2);
  return whereRare(isProduct, v128.bitselect(whole, general, isProduct), general);
}
