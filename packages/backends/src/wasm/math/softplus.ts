import type { Numbers } from "../numbers.js";
import { expInParts } from "./exp.js";
import type { VectorFunction } from "./math-context.js";
import { horner } from "./polynomial.js";
import { inSteps } from "./steps.js";

/**
 * log(1 + eˣ) = max(x, 0) + log(1 + E) with E = e^{−|x|} ≤ 1, within 1.8 ulps: nothing overflows.
 * With s = E/(2 + E), log(1 + E) = 2·atanh s = E − s·(E − s²·L(s²)).
 */
export const softplus: VectorFunction = (context, ...args) => {
  const { numbers } = context;
  const { vector, madd, nmadd } = numbers;
  const x = args[0]!;
  return inSteps(context, (keep) => {
    const { value, rest } = expInParts(numbers, keep, keep(vector.neg(vector.abs(x))));
    const E = keep(value());
    const s = keep(vector.div(E, vector.add(E, 2)));
    const z = keep(vector.mul(s, s));
    const less = vector.sub(E, vector.mul(z, horner(numbers, z, coefficients(numbers))));
    // What a rounding left out of E counts 1/(1 + E) = (1 − s)/(1 + s), nearly (1 − s)².
    const weight = keep(vector.sub(1, s));
    const top = keep(madd(vector.mul(weight, weight), rest(), vector.pmax(0, x)));
    // E comes last: the sum before it is the smaller of the two where both matter.
    return vector.add(E, nmadd(s, less, top));
  });
};

// (2·atanh(s) − 2s)/s³ as a polynomial in s² on 0 … 1/9, interpolated at the Chebyshev nodes in 70 digits, then rounded.
// Relative error of the logarithm: 9.8e-10 (float32), 7e-18 (float64).
function coefficients({ precision }: Numbers): readonly number[] {
  return precision === "float32"
    ? [0.6666666865348816, 0.3999970555305481, 0.28592365980148315, 0.21706460416316986, 0.2322492152452469]
    : [
        0.6666666666666666, 0.40000000000014596, 0.2857142856710506, 0.22222222717801782, 0.18181789417326447, 0.15385570592912243,
        0.13314135550881162, 0.12001155182857778, 0.08800317650868773, 0.16164938169471338,
      ];
}
