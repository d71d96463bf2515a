import { horner, realFunction } from "./kernel-function.js";

// (2·atanh(s) − 2s)/(s³·ln 2) as a polynomial in s² on 0 … 0.02944.
const seriesOfS = [0.6666668653488159, 0.3998877704143524, 0.2958005368709564].map((c) => c * Math.LOG2E);

/** x with 12 bits left of its 24 (Veltkamp). A compiler that were to simplify this would cost accuracy, not more. */
export const headOf = realFunction(`function headOf(x) {
  let t = x * 4097.0;
  return t - (t - x);
}`);

/**
 * sizeʸ for finite size > 0 and |y| ≤ 2⁶⁰. The logarithm to the base 2 is taken as n + a + b, n whole, a a product of heads and so exact, b small; so are its products
 * with y: what is left of their sum without its whole part is known to 2⁻²⁴ or so however large the sum.
 */
export const powerOfSize = realFunction(`function powerOfSize(size, y) {
  let normal = size;
  let n = 0.0;
  if (size < 1.1754943508222875e-38) { normal = size * 16777216.0; n = -24.0; }
  let up = Math.floor(Math.log2(normal) + 0.5);
  let f = scaled(normal, -up) - 1.0;
  n = n + up;
  let s = f / (2.0 + f);
  let sHead = headOf(s);
  let fHead = headOf(f);
  let sTail = (((f - 2.0 * sHead) - sHead * fHead) - sHead * (f - fHead)) / (2.0 + f);
  let z = s * s;
  let a = 2.884765625 * sHead;
  let b = s * z * ${horner("z", seriesOfS)} + (2.885390043258667 * sTail + 0.0006244567921385169 * sHead);
  let yHead = headOf(y);
  let yTail = y - yHead;
  let aHead = headOf(a);
  let all = y * (n + a + b);
  if (all > 160.0) { return scaled(1.0, 160.0); }
  if (all < -160.0) { return scaled(1.0, -190.0); }
  let whole = Math.floor(all + 0.5);
  let left = ((yHead * n - whole) + yHead * aHead) + (yHead * (a - aHead) + (yTail * n + (yTail * a + y * b)));
  let r = left * 0.6931471824645996;
  return scaled(1.0 + (r + expTail(r)), whole);
}`);

/** xʸ with the special cases of JavaScript: x⁰ = 1 also for NaN, (±1)^±∞ = NaN, NaN for x < 0 unless y is whole. Exponents 2, 3 and −1 are products and a quotient. */
export const powOf = realFunction(`function powOf(x, y) {
  if (y === 0.0) { return 1.0; }
  if (y === 1.0) { return x; }
  if (y === 2.0) { return x * x; }
  if (y === 3.0) { return x * x * x; }
  if (y === -1.0) { return 1.0 / x; }
  let size = Math.abs(x);
  let value = size + y;
  if (size === 0.0) {
    if (y > 0.0) { value = 0.0; }
    if (y < 0.0) { value = 1.0 / size; }
  }
  if (size > 3.4028234663852886e38) {
    if (y > 0.0) { value = size; }
    if (y < 0.0) { value = 0.0; }
  }
  if (size > 0.0 && size <= 3.4028234663852886e38) {
    let exponent = y;
    if (y > 1e18) { exponent = 1e18; }
    if (y < -1e18) { exponent = -1e18; }
    value = powerOfSize(size, exponent);
    if (size === 1.0 && Math.abs(y) > 3.4028234663852886e38) { value = y - y; }
  }
  if (x < 0.0) {
    let half = 0.5 * y;
    if (Math.floor(y) === y) {
      if (Math.floor(half) === half) { return value; }
      return -value;
    }
    if (size <= 3.4028234663852886e38) { return (x - x) / (x - x); }
  }
  return value;
}`);
