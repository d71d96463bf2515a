import { realFunction } from "./kernel-function.js";
import { timesPowerOfTwo } from "./scaled.js";

/**
 * Statements that declare `quarter`, the quarter turn nearest to the angle x, modulo 4, and r, x less it, in [−π/4, π/4]; they return NaN for x = ±∞.
 * Up to 8192, π/2 is cut into parts so short that the number of quarters times a part is exact, up to the last (Cody and Waite).
 */
export const quarterTurns = `let size = Math.abs(x);
  if (size > 3.4028234663852886e38) { return size - size; }
  let quarter = Math.floor(size * 0.6366197466850281 + 0.5);
  let r = ((size - quarter * 1.5625) - quarter * 0.0081787109375) - quarter * 0.00011730194091796875;
  r = ((r - quarter * 3.129243850708008e-07) - quarter * 9.89530235528946e-10) - quarter * 2.5633440682570896e-12;
  if (size > 8192.0) {
    quarter = turnsOfLarge(size, 0.0);
    r = turnsOfLarge(size, 1.0) * 1.5707963705062866;
  }
  if (x < 0.0) { quarter = -quarter; r = -r; }
  quarter = quarter - 4.0 * Math.floor(0.25 * quarter);`;

/** 2/π = Σ dⱼ·4096^{−1−j}; enough of them for 2¹²⁸. */
const digits = [2607, 2435, 1764, 3652, 338, 2556, 629, 2001, 3923, 1245, 3085, 2914, 2393, 2364, 1081, 65, 4069, 355];

/**
 * Of x·2/π for finite x ≥ 4096: the integer nearest to it, modulo 4096, where `part` is 0, or the distance to that integer, where it is 1 (Payne and Hanek).
 * x and 2/π are taken as digits to the base 4096, products of which are exact; digits that only add multiples of 4096 quarters are left out. Sums of three
 * products are cut into digits from the last to the first.
 */
export const turnsOfLarge = realFunction(`function turnsOfLarge(x, part) {
  let q = Math.floor(Math.log2(x) / 12.0);
  let m = x;
  ${timesPowerOfTwo("m", "-12.0 * q")}
  if (m >= 4096.0) { m = m * 0.000244140625; q = q + 1.0; }
  if (m < 1.0) { m = m * 4096.0; q = q - 1.0; }
  let m0 = Math.floor(m);
  let m1 = Math.floor((m - m0) * 4096.0);
  let m2 = ((m - m0) * 4096.0 - m1) * 4096.0;
  let first = 0.0;
  let second = 0.0;
  let third = 0.0;
  let carry = 0.0;
  let d0 = 0.0;
  let d1 = 0.0;
  let d2 = 0.0;
  let d3 = 0.0;
  let d4 = 0.0;
  for (let t = 0; t < 8; t++) {
    let at = q + 4.0 - t;
    first = second;
    second = third;
    third = 0.0;
    if (at > -0.5) {
      third = ${digits.at(-1)}.0;
      ${digits
        .slice(0, -1)
        .map((digit, j) => `if (at < ${j}.5) { third = ${digit}.0; }`)
        .toReversed()
        .join("\n      ")}
    }
    if (t > 1) {
      let a = Math.floor(m0 * first * 0.000244140625);
      let b = Math.floor(m1 * second * 0.000244140625);
      let c = Math.floor(m2 * third * 0.000244140625);
      let low = (m0 * first - a * 4096.0) + (m1 * second - b * 4096.0) + (m2 * third - c * 4096.0) + carry;
      let over = Math.floor(low * 0.000244140625);
      d4 = d3;
      d3 = d2;
      d2 = d1;
      d1 = d0;
      d0 = low - over * 4096.0;
      carry = a + b + c + over;
    }
  }
  let whole = d0;
  if (d1 >= 2048.0) { d1 = d1 - 4096.0; whole = whole + 1.0; }
  if (part < 0.5) { return whole; }
  return (d1 * 4096.0 + d2) * 5.960464477539063e-8 + (d3 * 4096.0 + d4) * 3.552713678800501e-15;
}`);
