import { type Code, type Local, push, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

/** xʸ for the exponents 2, 3, −1, as the same products and quotient as `pow`, and ½, as a root; for others undefined. */
export function powerOfConstant(numbers: Numbers, x: Local, y: number): Code | undefined {
  const { vector } = numbers;
  if (y === 2) return vector.mul(x, x);
  if (y === 3) return vector.mul(vector.mul(x, x), x);
  if (y === -1) return vector.div(1, x);
  if (y !== 0.5) return undefined;
  // Differs from √x at two points: (−0)^½ is 0, which −0 + 0 gives, and (−∞)^½ is ∞.
  const infinite = push(numbers.vectorReading, Number.POSITIVE_INFINITY);
  return v128.bitselect(infinite, vector.sqrt(vector.add(x, 0)), vector.eq(x, Number.NEGATIVE_INFINITY));
}
