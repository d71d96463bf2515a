import type { Code, Local } from "../encoder/index.js";
import { v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { horner } from "./polynomial.js";
import type { QuarterTurns } from "./quarter-turns.js";
import type { Keep } from "./steps.js";

/** A number as a sum of which the second part is small; their sum rounded once is the number to about half an ulp. */
export interface TwoParts {
  readonly main: Local;
  readonly rest: Local;
}

/**
 * sin(r + rest) = r + (r·z·S(z) + rest·(1 − z/2)) and cos(r + rest) = w + ((1 − w − z/2) + z²·C(z) − r·rest), where z = r² and w = 1 − z/2 rounded, for
 * |r| ≤ π/4. S and C are minimax (Remez exchange in 50 digits): relative errors 2⁻⁵⁸ and 2⁻⁶⁴ in float64, 2⁻²⁸ and 2⁻³³ in float32.
 */
export function sineAndCosine(numbers: Numbers, keep: Keep, { r, rest }: QuarterTurns): { readonly sin: TwoParts; readonly cos: TwoParts } {
  const { add, sub, mul } = numbers.vector;
  const z = keep(mul(r, r));
  const half = keep(mul(z, 0.5));
  const w = keep(sub(1, half));
  const [s, c] = coefficients[numbers.precision];
  const cubic = mul(mul(r, z), horner(numbers, z, s));
  const quartic = mul(mul(z, z), horner(numbers, z, c));
  const lost = sub(sub(1, w), half);
  return {
    sin: { main: r, rest: keep(rest ? add(cubic, mul(rest, w)) : cubic) },
    cos: { main: w, rest: keep(add(lost, rest ? sub(quartic, mul(r, rest)) : quartic)) },
  };
}

/** x where the mask has 1, y where it has 0, in both parts. */
export function selectParts(keep: Keep, x: TwoParts, y: TwoParts, mask: Local): TwoParts {
  return { main: keep(v128.bitselect(x.main, y.main, mask)), rest: keep(v128.bitselect(x.rest, y.rest, mask)) };
}

/** The number itself. */
export function sumOfParts({ vector }: Numbers, { main, rest }: TwoParts): Code {
  return vector.add(main, rest);
}

const coefficients = {
  float32: [
    [-0.166666549994837533, 0.00833218043247151132, -0.000195175209026124578],
    [0.0416666474214798893, -0.00138873904839876003, 0.0000244407419583368054],
  ],
  float64: [
    [
      -0.166666666666666321, 0.00833333333332242776, -0.000198412698298176633, 2.75573136947327798e-6, -2.50507584645194023e-8,
      1.58968111974279321e-10,
    ],
    [
      0.0416666666666665929, -0.00138888888888730433, 0.0000248015872888424647, -2.75573141763926634e-7, 2.08757004218944918e-9,
      -1.13585136871251001e-11,
    ],
  ],
} as const;
