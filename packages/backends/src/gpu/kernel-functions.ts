import type { KernelFunction } from "./driver.js";
import { integer } from "./launch.js";

/**
 * ⌊a/b⌋ of integers, a ≥ 0, b > 0. There is no division of integers in gpu.js, and float32 is exact to 2²⁴ only: the first quotient is off by a relative 2⁻²²
 * or so, what remains is divided again, and the last step mends what rounding near an integer left.
 */
const quotient: KernelFunction = {
  source: `function quotient(a, b) {
    ${integer("q", "floored(a, b)")}
    ${integer("r", "a - q * b")}
    q = q + floored(r, b);
    r = a - q * b;
    if (r < 0) { q = q - 1; }
    if (r >= b) { q = q + 1; }
    return q;
  }`,
  integers: ["a", "b"],
  returnsInteger: true,
};

const floored: KernelFunction = {
  source: "function floored(a, b) { return Math.floor(a / b); }",
  integers: ["a", "b"],
  returnsInteger: true,
};

/** x, which stands for a position, as an integer: to the nearest. */
const whole: KernelFunction = {
  source: "function whole(x) { return Math.floor(x + 0.5); }",
  integers: [],
  returnsInteger: true,
};

/** What every kernel may call. */
export const kernelFunctions: readonly KernelFunction[] = [floored, quotient, whole];
