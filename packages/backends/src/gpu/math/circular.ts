import { horner, realFunction } from "./kernel-function.js";
import { quarterTurns } from "./quarter-turns.js";

// Minimax (Remez exchange in 50 digits) on |r| ≤ π/4: relative errors 2⁻²⁸ and 2⁻³³.
const sine = [-0.166666549994837533, 0.00833218043247151132, -0.000195175209026124578];
const cosine = [0.0416666474214798893, -0.00138873904839876003, 0.0000244407419583368054];

/** sin r for |r| ≤ π/4: r + r·z·S(z), z = r². */
export const smallSine = realFunction(`function smallSine(r) {
  let z = r * r;
  return r + r * z * ${horner("z", sine)};
}`);

/** cos r for |r| ≤ π/4: 1 − z/2 + z²·C(z), z = r²; what the first difference loses is put back. */
export const smallCosine = realFunction(`function smallCosine(r) {
  let z = r * r;
  let half = 0.5 * z;
  let w = 1.0 - half;
  return w + (((1.0 - w) - half) + z * z * ${horner("z", cosine)});
}`);

/** sin x = ±sin r or ±cos r. */
export const sinOf = realFunction(`function sinOf(x) {
  ${quarterTurns}
  let value = quarter === 1.0 || quarter === 3.0 ? smallCosine(r) : smallSine(r);
  return quarter > 1.5 ? -value : value;
}`);

export const cosOf = realFunction(`function cosOf(x) {
  ${quarterTurns}
  let value = quarter === 1.0 || quarter === 3.0 ? smallSine(r) : smallCosine(r);
  return quarter === 1.0 || quarter === 2.0 ? -value : value;
}`);

export const tanOf = realFunction(`function tanOf(x) {
  ${quarterTurns}
  let s = smallSine(r);
  let c = smallCosine(r);
  let isOdd = quarter === 1.0 || quarter === 3.0 ? 1.0 : 0.0;
  return (isOdd > 0.5 ? -c : s) / (isOdd > 0.5 ? s : c);
}`);
