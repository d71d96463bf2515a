import { type Code, get, type Local, push, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { expTail, powerOfTwo, reduceExp } from "./exp-reduction.js";
import { floatFormat } from "./float-format.js";
import type { VectorFunction } from "./math-context.js";
import { horner } from "./polynomial.js";
import { flipSign } from "./sign.js";
import { inSteps, type Keep } from "./steps.js";

/** sinh x = x + x·z·P(z) with z = x² for |x| < 1, and ±2·(E − 1/(16·E)) with E = e^{|x|}/4 else, within 1.6 ulps; the sign of 0 is kept. */
export const sinh: VectorFunction = (context, ...args) => {
  const { numbers } = context;
  const { vector, madd } = numbers;
  const given = args[0]!;
  return inSteps(context, (keep) => {
    const x = keep(clampedSize(numbers, given));
    const quarter = keep(quarterExp(numbers, keep, x));
    const half = keep(vector.sub(quarter, vector.div(0.0625, quarter)));
    const z = keep(vector.mul(x, x));
    const polynomial = horner(numbers, z, numbers.precision === "float32" ? singleSinh : doubleSinh);
    const small = madd(vector.mul(x, z), polynomial, get(x));
    return flipSign(numbers, v128.bitselect(small, vector.add(half, half), vector.lt(x, 1)), given);
  });
};

/** cosh x = 2·(E + 1/(16·E)) with E = e^{|x|}/4, within 1.5 ulps. */
export const cosh: VectorFunction = (context, ...args) => {
  const { numbers } = context;
  const { vector } = numbers;
  return inSteps(context, (keep) => {
    const x = keep(clampedSize(numbers, args[0]!));
    const quarter = keep(quarterExp(numbers, keep, x));
    const half = keep(vector.add(quarter, vector.div(0.0625, quarter)));
    return vector.add(half, half);
  });
};

/** |x|, cut where sinh and cosh are ∞ already and e^{|x|}/4 is not yet; NaN is kept. */
function clampedSize({ vector, precision }: Numbers, x: Local): Code {
  return vector.pmin(vector.abs(x), precision === "float32" ? 89.6 : 710.6);
}

/** eˣ/4 for x ≥ 0. */
function quarterExp(numbers: Numbers, keep: Keep, x: Local): Code {
  const { vector } = numbers;
  const { r, shifted } = reduceExp(numbers, keep, x, floatFormat(numbers).bias - 2);
  return vector.mul(vector.add(1, vector.add(r, expTail(numbers, r))), powerOfTwo(numbers, shifted));
}

/**
 * tanh x within 1.5 ulps, as an exact number plus a smaller quotient: x + x·z·P(z)/Q(z) with z = x² for |x| < 0.55, and ±(1 − 2/(e^{2|x|} + 1)) else.
 * The sign of 0 is kept.
 */
export const tanh: VectorFunction = (context, ...args) => {
  const { numbers } = context;
  const { vector, vectorReading, madd, precision } = numbers;
  const given = args[0]!;
  const { P, Q } = precision === "float32" ? singleTanh : doubleTanh;
  return inSteps(context, (keep) => {
    const x = keep(vector.pmin(vector.abs(given), precision === "float32" ? 10 : 20));
    const double = keep(vector.add(x, x));
    const { r, shifted } = reduceExp(numbers, keep, double, floatFormat(numbers).bias);
    const q = keep(vector.add(r, expTail(numbers, r)));
    const scale = keep(powerOfTwo(numbers, shifted));
    const z = keep(vector.mul(x, x));
    const isSmall = keep(vector.lt(x, 0.55));
    const numerator = v128.bitselect(vector.mul(vector.mul(x, z), horner(numbers, z, P)), push(vectorReading, -2), isSmall);
    const denominator = v128.bitselect(horner(numbers, z, Q), madd(q, scale, vector.add(scale, 1)), isSmall);
    const main = v128.bitselect(x, push(vectorReading, 1), isSmall);
    return flipSign(numbers, vector.add(main, vector.div(numerator, denominator)), given);
  });
};

// (tanh(x)/x − 1)/x² = P(x²)/Q(x²) for |x| < 0.55, interpolated at the Chebyshev nodes in 70 digits, then rounded.
// Relative error of tanh: 5.3e-9 (float32), 1.4e-18 (float64).
const singleTanh = { P: [-0.8237091898918152, -0.0038527906872332096], Q: [2.47112774848938, 1] };
const doubleTanh = {
  P: [-1612.7684569256407, -99.19476193996724, -0.9643626871537027],
  Q: [4838.305370776922, 2232.906434130666, 112.7109826357419, 1],
};

// (sinh(x)/x − 1)/x² as a polynomial in x² for |x| < 1, found in the same way. Relative error of sinh: 4e-9 (float32), 9.1e-18 (float64).
const singleSinh = [0.1666666716337204, 0.008333339355885983, 0.00019838102161884308, 2.806280235745362e-6];
const doubleSinh = [
  0.16666666666666666, 0.008333333333333299, 0.00019841269841324198, 2.7557319191381816e-6, 2.5052117695907823e-8, 1.6057679623801638e-10,
  7.746178593018827e-13,
];
