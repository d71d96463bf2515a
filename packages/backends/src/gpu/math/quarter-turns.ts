import { timesPowerOfTwo } from "./scaled.js";

/** 2/π = Σ dⱼ·4096^{−1−j}; enough of them for 2¹²⁸. */
const digits = [2607, 2435, 1764, 3652, 338, 2556, 629, 2001, 3923, 1245, 3085, 2914, 2393, 2364, 1081, 65, 4069, 355];

const digitAt = digits.slice(0, -1).reduceRight((text, digit, j) => `(at < ${j}.5 ? ${digit}.0 : ${text})`, `${digits.at(-1)}.0`);

/**
 * For finite size ≥ 4096 (Payne and Hanek): sets quarter to the integer nearest to size·2/π, modulo 4096, and r to π/2 times the distance from it. Both factors are taken
 * as digits to the base 4096, products of which are exact; digits that only add multiples of 4096 quarters are left out. Sums of three products are cut into digits
 * from the last to the first.
 */
const largeTurns = `let q = Math.floor(Math.log2(size) / 12.0);
    let m = size;
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
      third = at < -0.5 ? 0.0 : ${digitAt};
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
    quarter = d0;
    if (d1 >= 2048.0) { d1 = d1 - 4096.0; quarter = quarter + 1.0; }
    r = ((d1 * 4096.0 + d2) * 5.960464477539063e-8 + (d3 * 4096.0 + d4) * 3.552713678800501e-15) * 1.5707963705062866;`;

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
    ${largeTurns}
  }
  if (x < 0.0) { quarter = -quarter; r = -r; }
  quarter = quarter - 4.0 * Math.floor(0.25 * quarter);`;
