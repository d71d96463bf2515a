import { type Code, type Local, push, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { expTail, powerOfTwo, powersOfTwo } from "./exp-reduction.js";
import { floatFormat } from "./float-format.js";
import type { LogReduction } from "./log-reduction.js";
import { horner } from "./polynomial.js";
import type { Keep } from "./steps.js";

/** How (2ᵏ·(1 + f))ʸ is found in float64 lanes. */
export interface PowerOfSize {
  /** y·log₂(2ᵏ·(1 + f)) = high + low, with low ≪ high. */
  readonly product: (numbers: Numbers, keep: Keep, reduction: LogReduction, y: Local) => { readonly high: Local; readonly low: Local };
  /** 2^(high + low) for |high| ≤ limit. */
  readonly power: (numbers: Numbers, keep: Keep, high: Local, low: Local) => Code;
  /** From here on the power is ∞, and at −limit 0. */
  readonly limit: number;
}

/**
 * Within about 1 ulp of float64. The product may be 1075, so that its relative error must be 2⁻⁶⁵: the logarithm is found to about 26 + 53 bits, as fdlibm's
 * e_pow.c does it. Where a product must be exact its factors have 26 bits each, so one rounding or two are the same.
 */
export const doublePower: PowerOfSize = {
  limit: 1100,
  product(numbers, keep, { k, f }, y) {
    const { vector, madd, nmadd, vectorReading } = numbers;
    // s = f/(2 + f) = sHigh + sLow.
    const inverse = keep(vector.div(1, vector.add(f, 2)));
    const s = keep(vector.mul(f, inverse));
    const sHigh = keep(leading(s));
    const sumHigh = keep(leading(vector.add(f, 2)));
    const sumLow = vector.sub(f, vector.sub(sumHigh, 2));
    const sLow = keep(vector.mul(inverse, nmadd(sHigh, sumLow, nmadd(sHigh, sumHigh, f))));
    // 3·atanh(s)/s = 3 + s² + s⁴·W(s²) = cHigh + cLow.
    const square = keep(vector.mul(sHigh, sHigh));
    const cross = keep(vector.mul(sLow, vector.add(sHigh, s)));
    const z = keep(vector.add(square, cross));
    const rest = keep(madd(vector.mul(z, z), horner(numbers, z, doubleW), cross));
    const cHigh = keep(leading(vector.add(vector.add(square, 3), rest)));
    const cLow = vector.sub(rest, vector.sub(vector.sub(cHigh, 3), square));
    // 3·atanh s = pHigh + pLow, and log₂(1 + f) = 2/(3·ln 2) times that.
    const u = keep(vector.mul(sHigh, cHigh));
    const v = keep(madd(sLow, cHigh, vector.mul(cLow, s)));
    const pHigh = keep(leading(vector.add(u, v)));
    const pLow = vector.sub(v, vector.sub(pHigh, u));
    const lHigh = keep(vector.mul(pHigh, factorHigh));
    const lLow = keep(madd(pHigh, push(vectorReading, factorLow), vector.mul(pLow, factor)));
    const logHigh = keep(leading(vector.add(vector.add(lHigh, lLow), k)));
    const logLow = vector.sub(lLow, vector.sub(vector.sub(logHigh, k), lHigh));
    const yHigh = keep(leading(y));
    const high = keep(vector.mul(yHigh, logHigh));
    return { high, low: keep(madd(vector.sub(y, yHigh), logHigh, vector.mul(y, logLow))) };
  },
  power(numbers, keep, high, low) {
    const { vector, madd } = numbers;
    const magic = 1.5 * 2 ** 52 + 2 * floatFormat(numbers).bias;
    const shifted = keep(vector.add(vector.add(high, low), magic));
    const part = keep(vector.sub(high, vector.sub(shifted, magic)));
    const t = keep(leading(vector.add(part, low)));
    const u = keep(vector.mul(t, ln2Leading));
    const v = keep(madd(t, ln2Rest, vector.mul(vector.sub(low, vector.sub(t, part)), Math.LN2)));
    const r = keep(vector.add(u, v));
    const rLow = vector.sub(v, vector.sub(r, u));
    const value = vector.add(1, vector.add(r, vector.add(expTail(numbers, r), rLow)));
    const [first, second] = powersOfTwo(numbers, keep, shifted);
    return vector.mul(vector.mul(value, first), second);
  },
};

/** With a relative error of about 2⁻³⁵, to be rounded to float32. */
export const singlePower: PowerOfSize = {
  limit: 200,
  product(numbers, keep, { k, f }, y) {
    const { vector, madd } = numbers;
    const s = keep(vector.div(f, vector.add(f, 2)));
    const z = keep(vector.mul(s, s));
    const log2 = madd(s, horner(numbers, z, singleAtanh), k);
    return { high: keep(vector.mul(y, log2)), low: keep(push(numbers.vectorReading, 0)) };
  },
  power(numbers, keep, high) {
    const { vector } = numbers;
    const magic = 1.5 * 2 ** 52 + floatFormat(numbers).bias;
    const shifted = keep(vector.add(high, magic));
    const r = keep(vector.sub(high, vector.sub(shifted, magic)));
    return vector.mul(horner(numbers, r, singleExp2), powerOfTwo(numbers, shifted));
  },
};

/** The number with its last 27 bits cleared: 26 are left. */
function leading(x: Code | Local): Code {
  return v128.and(x, push("i64x2", ~0x7ffffffn));
}

// (3·atanh(s)/s − 3 − s²)/s⁴ as a polynomial in s² on 0 … 0.02944, interpolated at the Chebyshev nodes in 70 digits, then rounded;
// relative error of the logarithm 6.4e-21.
const doubleW = [
  0.6, 0.4285714285714405, 0.3333333333248383, 0.272727275030892, 0.23076892443777647, 0.20002207040770967, 0.1755935450923681,
  0.17584767935814777,
];

// 2/(3·ln 2) and ln 2, and each as a part of 26 bits and the rest.
const [factor, factorHigh, factorLow] = [0.9617966939259756, 0.9617966860532761, 7.872699542894897e-9];
const [ln2Leading, ln2Rest] = [0.6931471675634384, 1.2996506893889889e-8];

// 2·atanh(s)/(s·ln 2) in s² on 0 … 0.02944, and 2ʳ on |r| ≤ ½, found in the same way; relative errors 4.3e-12 and 5.4e-11.
const singleAtanh = [2.885390081789993, 0.9617966734432283, 0.5770835677034892, 0.411673658400816, 0.34071413665191197];
const singleExp2 = [
  0.999999999959497, 0.6931471805568274, 0.24022651214120053, 0.05550410906373737, 0.009618025530398209, 0.0013333478409865399,
  0.00015469755744925822, 1.5303721130801367e-5,
];
