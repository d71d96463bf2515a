import { add, div, mapLeaves, mul, ndarray, sizeOf, type Tree, type Value, type ValueLike } from "@paramat/core";
import type { DiagonalHessian } from "./diagonal-hessian.js";
import { type RegularizerShift, requireStep } from "./regularizer.js";
import { throughBases } from "./smoothness/axis-bases.js";

/**
 * `solveShifted`, and the proximal map of a quadratic R without linear part, (τ∇²R + I)⁻¹ W, from ∇²R's diagonal form.
 * @param hessianOf null for leaves that R does not look at, where ∇²R is 0
 */
export function solveDiagonal(op: string, hessianOf: (path: string, leaf: Value) => DiagonalHessian | null) {
  const solveShifted = <W extends Tree>(rhs: W, { alpha, gamma }: RegularizerShift): W => {
    requireShift(op, { alpha, gamma });
    return mapLeaves(rhs, (leaf, path) => {
      const form = hessianOf(path, leaf);
      return form ? solveForm(form, leaf, alpha, gamma) : div(leaf, gamma);
    });
  };
  const prox = <W extends Tree>(params: W, tau: ValueLike): W => {
    requireStep(op, tau);
    return mapLeaves(params, (leaf, path) => {
      const form = hessianOf(path, leaf);
      return form ? solveForm(form, leaf, tau, 1) : leaf;
    });
  };
  return { solveShifted, prox, diagonalHessian: hessianOf };
}

/** T* diag(αμ + γ)⁻¹ T x, for x of whole rows of the form, whatever its shape. */
export function solveForm(form: DiagonalHessian, x: Value, alpha: ValueLike, gamma: ValueLike): Value {
  const grid = form.rowShape.slice(0, -1);
  const mu = ndarray(x.backend, form.eigenvalues, form.bases.length === 0 ? [] : [...grid, 1]);
  const shifted = add(mul(alpha, mu), gamma);
  if (form.bases.length === 0) return div(x, shifted);
  return throughBases(x, [x.size / sizeOf(form.rowShape), ...form.rowShape], form.bases, (coefficients) => div(coefficients, shifted));
}

/** @throws RangeError unless α, where it is a number, is ≥ 0, and γ > 0 */
export function requireShift(op: string, { alpha, gamma }: RegularizerShift): void {
  const wrong = (typeof alpha === "number" && !(alpha >= 0)) || (typeof gamma === "number" && !(gamma > 0));
  if (wrong) throw new RangeError(`${op}.solveShifted: alpha is ${alpha}, gamma is ${gamma}; alpha must be ≥ 0 and gamma > 0`);
}
