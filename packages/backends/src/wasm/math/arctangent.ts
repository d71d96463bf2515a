import { type Code, i32x4, i64x2, type Local, push, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { VectorFunction } from "./math-context.js";
import { horner } from "./polynomial.js";
import { flipSign, signBit } from "./sign.js";
import { inSteps, type Keep } from "./steps.js";
import { eighths, halfPi, type TwoPartConstant } from "./two-part-pi.js";
import { whereRare } from "./where-rare.js";

/** atan x, ±π/2 at ±∞. Errors below 1.5 ulps. */
export const atan: VectorFunction = (context, x) =>
  inSteps(context, (keep) => {
    const { numbers } = context;
    const { one } = eighths(numbers);
    const region = reduceRatio(numbers, keep, keep(numbers.vector.abs(x)), keep(push(numbers.vectorReading, 1)));
    const { mid, big } = region;
    const base = (part: "high" | "low") =>
      v128.bitselect(push(numbers.vectorReading, halfPi(numbers)[part]), v128.and(push(numbers.vectorReading, one[part]), mid), big);
    return flipSign(numbers, angleFrom(numbers, keep, region.t, base), x);
  });

/** atan2(y, x): the angle of the point (x, y), with all signs of zero and infinity as IEEE 754 has them. Errors below 1.7 ulps. */
export const atan2: VectorFunction = (context, y, x) =>
  inSteps(context, (keep) => {
    const { numbers } = context;
    const { one, three } = eighths(numbers);
    const half = halfPi(numbers);
    const [rise, run] = moderate(numbers, keep, y!, x!);
    const { t, mid, big } = reduceRatio(numbers, keep, rise, run);
    const isLeft = keep(signMask(numbers, x!));
    const base = (part: keyof TwoPartConstant): Code => {
      const constant = (value: number) => push(numbers.vectorReading, value);
      const right = v128.and(constant(one[part]), mid);
      const left = v128.bitselect(constant(three[part]), constant(2 * half[part]), mid);
      return v128.bitselect(constant(half[part]), v128.bitselect(left, right, isLeft), big);
    };
    const turned = keep(v128.xor(t, v128.and(isLeft, signBit(numbers))));
    return flipSign(numbers, angleFrom(numbers, keep, turned, base), y!);
  });

/** tan of the angle less 0, π/4 or π/2; the masks say which: `mid` also where `big`. */
interface Reduced {
  readonly t: Local;
  readonly mid: Local;
  readonly big: Local;
}

/**
 * From y/x ≥ 0: t = y/x up to 0.66, (y − x)/(y + x) up to 2.4, −x/y above, one division; |t| ≤ 0.66. The difference is exact or nearly
 * so, and where the sum's rounding counts t is small beside the angle.
 */
function reduceRatio({ vector }: Numbers, keep: Keep, y: Local, x: Local): Reduced {
  const { add, div, gt, mul, neg, sub } = vector;
  const mid = keep(gt(y, mul(x, 0.66)));
  const big = keep(gt(y, mul(x, 2.4)));
  const above = v128.bitselect(neg(x), sub(y, v128.and(x, mid)), big);
  const below = v128.bitselect(y, add(x, v128.and(y, mid)), big);
  return { t: keep(div(above, below)), mid, big };
}

/**
 * base + atan t, with atan t = t + t·z·R(z) and z = t². R is minimax on z ≤ 0.4357 (Remez exchange in 50 digits): relative error of
 * the arctangent 2⁻⁵⁷ in float64, 2⁻³⁰ in float32.
 */
function angleFrom(numbers: Numbers, keep: Keep, t: Local, base: (part: keyof TwoPartConstant) => Code): Code {
  const { add, div, mul } = numbers.vector;
  const z = keep(mul(t, t));
  const R = numbers.precision === "float32" ? horner(numbers, z, single) : div(horner(numbers, z, above), horner(numbers, z, below));
  return add(base("high"), add(t, add(mul(t, mul(z, R)), base("low"))));
}

/** |y| and |x|, scaled alike and finite, so that their sums neither overflow nor lose bits, and not both 0; their ratio's angle stays. */
function moderate(numbers: Numbers, keep: Keep, y: Local, x: Local): readonly [Local, Local] {
  const { abs, gt, lt, pmax } = numbers.vector;
  const { large, small } = numbers.precision === "float32" ? singleRange : doubleRange;
  const [rise, run] = [keep(abs(y)), keep(abs(x))];
  const longer = keep(pmax(rise, run));
  const isExtreme = keep(v128.or(gt(longer, large), lt(longer, small)));
  return [keep(whereRare(isExtreme, scaled(numbers, rise, run), rise)), keep(whereRare(isExtreme, scaled(numbers, run, rise, 1), run))];
}

/**
 * A side by a power of two that depends on the longer one. Beside an infinite side a finite one is as nothing: (∞, x) is as (1, 0), and (∞, ∞) as
 * (1, 1). NaN stays, also beside ∞.
 * @param ofOrigin what it is where both sides are 0; the angle of (0, 0) is that of (0, 1)
 */
function scaled(numbers: Numbers, side: Local, other: Local, ofOrigin: 0 | 1 = 0): Code {
  const { eq, gt, lt, max, mul } = numbers.vector;
  const { large, small, scale } = numbers.precision === "float32" ? singleRange : doubleRange;
  const constant = (value: number) => push(numbers.vectorReading, value);
  const longer = max(side, other);
  const shrunk = v128.bitselect(constant(1 / scale), constant(1), gt(longer, large));
  const factor = v128.bitselect(constant(scale), shrunk, lt(longer, small));
  const isInfinite = eq(longer, Number.POSITIVE_INFINITY);
  const finite = v128.or(mul(side, factor), v128.and(constant(ofOrigin), eq(longer, 0)));
  return v128.bitselect(v128.and(constant(1), eq(side, Number.POSITIVE_INFINITY)), finite, isInfinite);
}

/** All bits where x has a sign, −0 too. */
function signMask({ precision }: Numbers, x: Local): Code {
  return precision === "float32" ? i32x4.shrS(x, 31) : i64x2.ltS(x, push("i64x2", 0));
}

const singleRange = { large: 2 ** 100, small: 2 ** -80, scale: 2 ** 40 };
const doubleRange = { large: 2 ** 1000, small: 2 ** -900, scale: 2 ** 100 };

const single = [
  -0.333333229040799897, 0.199993490473652583, -0.142719801064783682, 0.109721176085212112, -0.0831758282014232655, 0.0518240673211469463,
  -0.0179469611153010533,
];
const above = [
  -0.333333333333331596, -0.588324719186562992, -0.316370503451110758, -0.0509325441223029621, -0.000427966993541681961,
  0.0000157720751899237004,
];
const below = [1, 2.36497415755899832, 1.9395245763489102, 0.636285357549127349, 0.0674277531447324069];
