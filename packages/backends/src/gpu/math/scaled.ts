import { realFunction } from "./kernel-function.js";

/**
 * Statements that multiply the variable `value` by 2ᵏ for whole k, |k| ≤ 190, by products with powers of two, each exact as long as the result is neither
 * subnormal nor ∞. (Devices' own powers of two are not exact everywhere, functions of kernels cannot read tables, and the bits of a number are out of reach in
 * gpu.js.)
 * @param k an expression
 */
export function timesPowerOfTwo(value: string, k: string): string {
  const steps = [64, 64, 32, 16, 8, 4, 2, 1].map(
    (step) =>
      `${value} = ${value} * (shift >= ${step}.0 ? (isDown < 0.0 ? ${2 ** -step} : ${2 ** step}) : 1.0);\nshift = shift - (shift >= ${step}.0 ? ${step}.0 : 0.0);`,
  );
  return [`let isDown = ${k};`, "let shift = Math.abs(isDown);", ...steps].join("\n");
}

/** p·2ᵏ. */
export const scaled = realFunction(`function scaled(p, k) {
let value = p;
${timesPowerOfTwo("value", "k")}
return value;
}`);
