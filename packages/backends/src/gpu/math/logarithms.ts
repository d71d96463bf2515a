import { horner, realFunction } from "./kernel-function.js";

// (2·atanh(s) − 2s)/s³ as a polynomial in s² on 0 … 0.02944, interpolated at the Chebyshev nodes. Relative error of the logarithm: 2.5e-9.
const seriesOfS = [0.6666668653488159, 0.3998877704143524, 0.2958005368709564];

/** n·ln 2 + log(1 + f) for √½ ≤ 1 + f ≤ √2, as fdlibm's log: with s = f/(2 + f), log(1 + f) = f − (½f² − s·(½f² + s²·L(s²))). */
export const logSum = realFunction(`function logSum(n, f) {
  let s = f / (2.0 + f);
  let z = s * s;
  let halfSquare = 0.5 * f * f;
  let small = (s * (z * ${horner("z", seriesOfS)} + halfSquare) - n * 2.1219444e-4) - halfSquare;
  return n * 0.693359375 + (f + small);
}`);

/** Statements that return log x for a variable x. The device's own logarithm only says which power of two is near; it may be off by a few hundredths. */
const logarithm = `if (x > 3.4028234663852886e38) { return x; }
  if (x < 0.0) { return (x - x) / (x - x); }
  if (x === 0.0) { return -1.0 / Math.abs(x); }
  let normal = x;
  let added = 0.0;
  if (x < 1.1754943508222875e-38) { normal = x * 16777216.0; added = 24.0; }
  let n = Math.floor(Math.log2(normal) + 0.5);
  return logSum(n - added, scaled(normal, -n) - 1.0);`;

/** log x: −∞ at 0, NaN below. */
export const logOf = realFunction(`function logOf(x) {
  ${logarithm}
}`);

/** log(1 + y), from y itself where 1 + y is within √½ and √2, so that nothing cancels; −∞ at −1, NaN below. */
export const log1pOf = realFunction(`function log1pOf(y) {
  if (y > -0.29 && y < 0.41) { return logSum(0.0, y); }
  let x = 1.0 + y;
  ${logarithm}
}`);
