import { horner, realFunction } from "./kernel-function.js";

/** 1/(1 + e^{−x}) from E = e^{−|x|}, which does not overflow. */
export const sigmoidOf = realFunction(`function sigmoidOf(x) {
  let e = expTimes(-Math.abs(x), 0.0);
  if (x < 0.0) { return e / (1.0 + e); }
  return 1.0 / (1.0 + e);
}`);

// (2·atanh(s) − 2s)/s³ as a polynomial in s² on 0 … 1/9, interpolated at the Chebyshev nodes. Relative error of log(1 + E): 9.8e-10.
const seriesOfS = [0.6666666865348816, 0.3999970555305481, 0.28592365980148315, 0.21706460416316986, 0.2322492152452469];

/** log(1 + eˣ) = max(x, 0) + log(1 + E) with E = e^{−|x|}; with s = E/(2 + E), log(1 + E) = E − s·(E − s²·L(s²)). */
export const softplusOf = realFunction(`function softplusOf(x) {
  let e = expTimes(-Math.abs(x), 0.0);
  let s = e / (2.0 + e);
  let z = s * s;
  let least = 0.0;
  if (x > 0.0) { least = x; }
  return e + (least - s * (e - z * ${horner("z", seriesOfS)}));
}`);
