import { type Code, i64x2, type Local, push, v128 } from "../encoder/index.js";
import { type Numbers, numbersOf } from "../numbers.js";
import { narrowed, widened } from "./float64-halves.js";
import type { MathContext, VectorFunction } from "./math-context.js";
import { horner } from "./polynomial.js";
import { isOdd, largestAngle, type QuarterTurns, quarterTurns, quarterTurnsWidened } from "./quarter-turns.js";
import { withRareLanes } from "./rare-lanes.js";
import { flipSign } from "./sign.js";
import { selectParts, sineAndCosine, type TwoParts } from "./sine-kernel.js";
import { inSteps, type Keep } from "./steps.js";

/** tan x. Errors below 1 ulp; very large angles are left to JavaScript's Math. */
export const tan: VectorFunction = (context, x) => tangent(context, x);

function tangent(context: MathContext, x: Local): Code {
  const { numbers } = context;
  return inSteps(context, (keep) => {
    const angle = keep(numbers.vector.abs(x));
    const isRare = keep(numbers.vector.gt(angle, largestAngle(numbers)));
    return withRareLanes(context, x, isRare, "tan", flipSign(numbers, positive(numbers, keep, angle), x));
  });
}

/** tan of an angle ≥ 0. */
function positive(numbers: Numbers, keep: Keep, angle: Local): Code {
  if (numbers.precision === "float64") return inFloat64(numbers, keep, quarterTurns(numbers, keep, angle));
  const [lower, upper] = widened(keep, angle).map((half) => keep(inFloat32(keep, quarterTurnsWidened(keep, half)))) as [Local, Local];
  return narrowed(push("f64x2", lower), push("f64x2", upper));
}

/** sin r / cos r, or −cos r / sin r where k is odd, with the quotient's remainder divided in its turn. */
function inFloat64(numbers: Numbers, keep: Keep, turns: QuarterTurns): Code {
  const { add, sub, mul, div } = numbers.vector;
  const { sin, cos } = sineAndCosine(numbers, keep, turns);
  const odd = keep(isOdd(numbers, turns.k));
  const above = normalized(numbers, keep, selectParts(keep, cos, sin, odd));
  const below = normalized(numbers, keep, selectParts(keep, sin, cos, odd));
  // With 26 bits in both factors the products are exact, and the first difference too.
  const quotient = keep(leading(div(above.main, below.main)));
  const belowHead = keep(leading(push("f64x2", below.main)));
  const belowTail = sub(below.main, belowHead);
  const remainder = sub(sub(above.main, mul(quotient, belowHead)), mul(quotient, belowTail));
  const all = add(remainder, sub(above.rest, mul(quotient, below.rest)));
  return flipSign(numbers, add(quotient, div(all, below.main)), i64x2.shl(turns.k, 63));
}

/** The same sum with its first part rounded to nearest: Dekker's fast two-sum. */
function normalized({ vector: { add, sub } }: Numbers, keep: Keep, { main, rest }: TwoParts): TwoParts {
  const sum = keep(add(main, rest));
  return { main: sum, rest: keep(add(sub(main, sum), rest)) };
}

/** x with 26 bits left of its 53. */
function leading(x: Code): Code {
  return v128.and(x, push("i64x2", -(1n << 27n)));
}

/** tan of a float32 number in float64, to 35 bits: sine and cosine minimax (Remez exchange) with relative errors 2⁻³⁷ and 2⁻⁴³. */
function inFloat32(keep: Keep, { r, k }: QuarterTurns): Code {
  const numbers = numbersOf("float64", false);
  const { mul, div } = numbers.vector;
  const z = keep(mul(r, r));
  const sine = horner(numbers, z, [1, -0.166666666418450629, 0.00833332940339685481, -0.000198393390549531973, 2.71834309089225331e-6]);
  const cosine = horner(
    numbers,
    z,
    [1, -0.5, 0.0416666666250504426, -0.00138888839120642315, 0.0000247995558231034878, -2.72128270139524793e-7],
  );
  const [s, c] = [keep(mul(r, sine)), keep(cosine)];
  const odd = keep(isOdd(numbers, k));
  return flipSign(numbers, div(v128.bitselect(c, s, odd), v128.bitselect(s, c, odd)), i64x2.shl(k, 63));
}
