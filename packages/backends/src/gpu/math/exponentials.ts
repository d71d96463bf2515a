import { horner, realFunction } from "./kernel-function.js";
import { timesPowerOfTwo } from "./scaled.js";

// (eʳ − 1 − r)/r² on |r| ≤ 1.0001·½·ln 2, interpolated at the Chebyshev nodes. Relative error of eʳ: 1.1e-8.
const tail = [0.5, 0.16666576266288757, 0.041666556149721146, 0.008363178931176662, 0.0013926184037700295];

/** eʳ − 1 − r for |r| ≤ ½·ln 2. */
export const expTail = realFunction(`function expTail(r) {
  return r * r * ${horner("r", tail)};
}`);

/** Declares n, the integer nearest to y/ln 2, and r = y − n·ln 2; ln 2 is cut in two so that the first product is exact (Cody and Waite). */
const reduction = `let n = Math.floor(y * 1.4426950216293335 + 0.5);
  let r = (y - n * 0.693359375) + n * 2.1219444e-4;`;

/** eˣ·2ˢ, s whole and small, where only the result, not eˣ, need be within range. */
export const expTimes = realFunction(`function expTimes(x, s) {
  let y = x;
  if (y > 95.0) { y = 95.0; }
  if (y < -110.0) { y = -110.0; }
  ${reduction}
  let value = 1.0 + (r + r * r * ${horner("r", tail)});
  ${timesPowerOfTwo("value", "n + s")}
  return value;
}`);

/** eˣ − 1 = 2·(2ⁿ⁻¹·(eʳ − 1) + (2ⁿ⁻¹ − ½)): accurate near 0 too. */
export const expm1Of = realFunction(`function expm1Of(x) {
  let y = x;
  if (y > 88.9) { y = 88.9; }
  if (y < -20.0) { y = -20.0; }
  ${reduction}
  let scale = scaled(0.5, n);
  let half = scale * expTail(r) + (scale * r + (scale - 0.5));
  return half + half;
}`);
