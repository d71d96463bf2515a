import { horner, realFunction } from "./kernel-function.js";

// (sinh(x)/x − 1)/x² as a polynomial in x² for |x| < 1; (tanh(x)/x − 1)/x² = P(x²)/Q(x²) for |x| < 0.55; both interpolated at the Chebyshev nodes.
// Relative errors 4e-9 and 5.3e-9.
const sinhSmall = [0.1666666716337204, 0.008333339355885983, 0.00019838102161884308, 2.806280235745362e-6];
const tanhP = [-0.8237091898918152, -0.0038527906872332096];
const tanhQ = [2.47112774848938, 1];

/** sinh x = x + x·z·P(z) with z = x² for |x| < 1, and ±2·(E − 1/(16·E)) with E = e^{|x|}/4 else. */
export const sinhOf = realFunction(`function sinhOf(x) {
  let size = Math.abs(x);
  if (size < 1.0) {
    let z = x * x;
    return x + x * z * ${horner("z", sinhSmall)};
  }
  let quarter = expTimes(size, -2.0);
  let half = quarter - 0.0625 / quarter;
  if (x < 0.0) { return -(half + half); }
  return half + half;
}`);

/** cosh x = 2·(E + 1/(16·E)) with E = e^{|x|}/4. */
export const coshOf = realFunction(`function coshOf(x) {
  let quarter = expTimes(Math.abs(x), -2.0);
  let half = quarter + 0.0625 / quarter;
  return half + half;
}`);

/** tanh x = x + x·z·P(z)/Q(z) with z = x² for |x| < 0.55, and ±(1 − 2/(e^{2|x|} + 1)) else. */
export const tanhOf = realFunction(`function tanhOf(x) {
  let size = Math.abs(x);
  if (size < 0.55) {
    let z = x * x;
    return x + x * z * ${horner("z", tanhP)} / ${horner("z", tanhQ)};
  }
  if (size > 10.0) { size = 10.0; }
  let value = 1.0 - 2.0 / (expTimes(size + size, 0.0) + 1.0);
  if (x < 0.0) { return -value; }
  return value;
}`);
