import { realFunction } from "./kernel-function.js";

/** √x; NaN below 0. */
export const rootOf = realFunction(`function rootOf(x) {
  return Math.sqrt(x);
}`);
