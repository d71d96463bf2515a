import { ndarray, requireReadable, reshape, ShapeError, showShape, type Tree, type Value, type ValueLike } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { requireSquareOperator } from "./form-of.js";
import { implicitStepOperator, shiftedOperator } from "./shifted-operator.js";
import { requireExamples, type SolveOptions, solve } from "./solve.js";
import type { SolveResult } from "./solve-result.js";

/** Which system: `alpha` for K + αI, `h` for hKᵀK + I; each a scalar, and differentiable if it is a value. */
export type Shift = { readonly alpha: ValueLike } | { readonly h: ValueLike };

/**
 * x = (K(θ) + αI)⁻¹ z, or x = (hK(θ)ᵀK(θ) + I)⁻¹ z (an implicit step of size h of ẏ = −KᵀKy), for each example; differentiable in θ, z and the shift.
 * @param z [examples, ...outShape] for α, where K is square; [examples, ...inShape] for h
 * @returns as `solve`, by K's block form, else its dense matrix (n ≤ 512), else products with K: cg for h ≥ 0, for α by K's tags
 * @throws ShapeError as `solve`, or if the shift is not a scalar; RangeError if h < 0; BackendError where the backend cannot be read without waiting
 */
export function solveShifted<Theta extends Tree>(
  K: ParametricOperator<Theta>,
  theta: Theta,
  z: Value,
  options: Shift & SolveOptions,
): SolveResult {
  requireReadable("solveShifted", z.backend, "z");
  if ("alpha" in options) {
    requireSquareOperator("solveShifted", K, "; for a rectangular K there is h, (hKᵀK + I)x = z");
    requireExamples("solveShifted", "z", z, K.outShape);
    const shift = scalar("alpha", options.alpha, z);
    return solve(shiftedOperator(K, shift.item() >= 0), { theta, shift }, z, options);
  }
  requireExamples("solveShifted", "z", z, K.inShape);
  const shift = scalar("h", options.h, z);
  if (!(shift.item() >= 0))
    throw new RangeError(`solveShifted: h is ${shift.item()}; it must be ≥ 0, so that hKᵀK + I is positive definite`);
  return solve(implicitStepOperator(K), { theta, shift }, z, options);
}

function scalar(name: string, x: ValueLike, like: Value): Value {
  if (typeof x === "number") return ndarray(like.backend, x);
  if (x.size !== 1) throw new ShapeError(`solveShifted: ${name} is ${showShape(x.shape)}; it must be a scalar`);
  return reshape(x, []);
}
