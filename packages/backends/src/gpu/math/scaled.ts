import { realFunction } from "./kernel-function.js";

/**
 * Statements that multiply the variable `value` by 2ᵏ for whole k, |k| ≤ 190, by products with powers of two, each exact as long as the result is neither
 * subnormal nor ∞. (Devices' own powers of two are not exact everywhere, functions of kernels cannot read tables, and the bits of a number are out of reach in
 * gpu.js.)
 * @param k an expression
 */
export function timesPowerOfTwo(value: string, k: string): string {
  const steps = [64, 64, 32, 16, 8, 4, 2, 1].map(
    (step) => `if (shift >= ${step}.0) { ${value} = ${value} * (isDown ? ${2 ** -step} : ${2 ** step}); shift = shift - ${step}.0; }`,
  );
  return [`let shift = ${k};`, "let isDown = shift < 0.0;", "shift = Math.abs(shift);", ...steps].join("\n");
}

/** p·2ᵏ. */
export const scaled = realFunction(`function scaled(p, k) {
let value = p;
${timesPowerOfTwo("value", "k")}
return value;
}`);
