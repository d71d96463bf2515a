import { realFunction } from "./kernel-function.js";

/** The nearest integer, halves towards +∞; x + ½ would be rounded itself, at odd integers above 2²³ and just below ½. */
export const roundOf = realFunction(`function roundOf(x) {
  let below = Math.floor(x);
  if (x - below >= 0.5) { return below + 1.0; }
  return below;
}`);

/** −1, 0 or 1; NaN stays. */
export const signOf = realFunction(`function signOf(x) {
  if (x > 0.0) { return 1.0; }
  if (x < 0.0) { return -1.0; }
  return x;
}`);

/** The larger, NaN if either is NaN: comparisons with NaN are false, the sum is NaN. */
export const maxOf = realFunction(`function maxOf(x, y) {
  if (x > y) { return x; }
  if (y >= x) { return y; }
  return x + y;
}`);

/** The smaller, NaN if either is NaN. */
export const minOf = realFunction(`function minOf(x, y) {
  if (x < y) { return x; }
  if (y <= x) { return y; }
  return x + y;
}`);
