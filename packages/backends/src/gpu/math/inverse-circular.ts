import { horner, realFunction } from "./kernel-function.js";

// R with asin s = s + s·z·R(z), z = s² ≤ ¼, and with atan t = t + t·z·R(z), z = t² ≤ 0.4357: minimax (Remez exchange in 50 digits), errors 2⁻³¹ and 2⁻³⁰.
const arcsine = [
  0.166666602346166708, 0.0750049429383257574, 0.0445183806092496151, 0.0317982763337390559, 0.0144679832828953945, 0.0374816123208643462,
];
const arctangent = [
  -0.333333229040799897, 0.199993490473652583, -0.142719801064783682, 0.109721176085212112, -0.0831758282014232655, 0.0518240673211469463,
  -0.0179469611153010533,
];

/** asin s − s for |s| ≤ ½. */
export const arcsineTail = realFunction(`function arcsineTail(s) {
  let z = s * s;
  return s * z * ${horner("z", arcsine)};
}`);

/** asin |x| = π/2 − 2·asin √((1 − |x|)/2) for |x| > ½, as 9/8 + ((π/2 − 9/8 − 2s) − 2·(asin s − s)), where only the last rounding counts. NaN outside [−1, 1]. */
export const asinOf = realFunction(`function asinOf(x) {
  let size = Math.abs(x);
  if (size <= 0.5) { return x + arcsineTail(x); }
  let s = rootOf((1.0 - size) * 0.5);
  let value = 1.125 + ((0.44579637050628662 - 2.0 * s) - (2.0 * arcsineTail(s) + 4.371139e-8));
  if (x < 0.0) { return -value; }
  return value;
}`);

/** acos x = π/2 − asin x up to ½ in magnitude, then 2·asin s or π − 2·asin s with s = √((1 − |x|)/2). NaN outside [−1, 1]. */
export const acosOf = realFunction(`function acosOf(x) {
  let size = Math.abs(x);
  if (size <= 0.5) { return 1.5707963705062866 - (x + (4.371139e-8 + arcsineTail(x))); }
  let s = rootOf((1.0 - size) * 0.5);
  let c = arcsineTail(s);
  if (x < 0.0) { return 3.1415927410125732 - 2.0 * (s + (c + 4.371139e-8)); }
  return 2.0 * (s + c);
}`);

/** The angle of (run, rise), both ≥ 0 and not both 0 or ∞: of t = rise/run up to 0.66, π/4 more than that of another t up to 2.4, π/2 more above. */
export const slopeAngle = realFunction(`function slopeAngle(rise, run) {
  let above = rise;
  let below = run;
  let base = 0.0;
  let rest = 0.0;
  if (rise > run * 0.66) {
    above = rise - run;
    below = rise + run;
    base = 0.7853981852531433;
    rest = 2.1855694e-8;
  }
  if (rise > run * 2.4) {
    above = -run;
    below = rise;
    base = 1.5707963705062866;
    rest = 4.371139e-8;
  }
  let t = above / below;
  let z = t * t;
  return base + (t + (t * z * ${horner("z", arctangent)} - rest));
}`);

export const atanOf = realFunction(`function atanOf(x) {
  let value = slopeAngle(Math.abs(x), 1.0);
  if (x < 0.0) { return -value; }
  return value;
}`);

/** The angle of the point (x, y) as IEEE 754 has it; −0 is told from 0 where the device keeps it. Sides are scaled so that their sum does not overflow. */
export const atan2Of = realFunction(`function atan2Of(y, x) {
  let rise = Math.abs(y);
  let run = Math.abs(x);
  if (rise > 3.4028234663852886e38) {
    rise = 1.0;
    if (run > 3.4028234663852886e38) { run = 1.0; } else if (run >= 0.0) { run = 0.0; }
  }
  if (run > 3.4028234663852886e38) {
    run = 1.0;
    if (rise >= 0.0) { rise = 0.0; }
  }
  if (rise > 1e30 || run > 1e30) { rise = rise * 9.094947017729282e-13; run = run * 9.094947017729282e-13; }
  if (rise < 1e-25 && run < 1e-25) { rise = rise * 1099511627776.0; run = run * 1099511627776.0; }
  let angle = rise;
  if (rise > 0.0 || !(run === 0.0)) { angle = slopeAngle(rise, run); }
  if (x < 0.0 || (x === 0.0 && 1.0 / x < 0.0)) { angle = 3.1415927410125732 - (angle + 8.742278e-8); }
  if (y < 0.0 || (y === 0.0 && 1.0 / y < 0.0)) { return -angle; }
  return angle;
}`);
