import type { KernelFunction } from "../driver.js";
import { literal } from "../literal.js";

/** A function of float32 numbers that kernels may call. */
export function realFunction(source: string): KernelFunction {
  return { source, integers: [], returnsInteger: false };
}

/** c₀ + x·(c₁ + x·(c₂ + …)), by Horner's rule. @param x a variable's name */
export function horner(x: string, coefficients: readonly number[]): string {
  return coefficients.slice(0, -1).reduceRight((sum, c) => `(${literal(c)} + ${x} * ${sum})`, literal(coefficients.at(-1)!));
}
