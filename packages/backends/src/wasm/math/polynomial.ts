import { type Code, type Local, push } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

/**
 * c₀ + x·(c₁ + x·(c₂ + …)) in every lane, by Horner's rule; each step is one `madd`.
 * @param coefficients c₀, c₁, …, at least one
 */
export function horner({ madd, vectorReading }: Numbers, x: Local, coefficients: readonly number[]): Code {
  const lower = coefficients.slice(0, -1);
  return lower.reduceRight((sum: Code, c) => madd(sum, x, c), push(vectorReading, coefficients.at(-1)!));
}
