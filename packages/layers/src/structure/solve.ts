import { requireReadable, ShapeError, sameShape, showShape, type Tree, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import type { GmresOptions } from "../solvers/gmres.js";
import { chooseMethod } from "./choose-method.js";
import { denseFormWithin, largestDenseSolve, requireSquareOperator } from "./form-of.js";
import { solveDirect } from "./solve-direct.js";
import { solveIteratively } from "./solve-iteratively.js";
import type { SolveMethod, SolveResult } from "./solve-result.js";
import { transposedOperator } from "./transposed-operator.js";

export interface SolveOptions extends GmresOptions {
  /**
   * Default `auto`: K's block form if it has one; up to n = 512 the dense matrix; else by K's tags: symmetric and positive semidefinite cg, symmetric
   * minres, anything else gmres. `dense` works up to n = 2048.
   */
  readonly method?: "auto" | SolveMethod;
}

/**
 * x = K(θ)⁻¹ z for each example, differentiable in θ and z to every order.
 * @param z [examples, ...outShape]
 * @returns x, [examples, ...inShape], with an outcome: a singular or nearly singular K is named, and its noise not passed for a solution
 * @throws ShapeError if K is not square, z has another shape, `block` is asked of an operator without block form, or `dense` of one larger than 2048; BackendError where the backend cannot be read without waiting
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { denseMatrix, solve } from "@paramat/layers";
 * const theta = ndarray(cpu(), [[2, 0], [0, 4]]);
 * const { solution, outcome } = solve(denseMatrix([2], [2]), theta, ndarray(cpu(), [[2, 2]]));
 * solution.toNested(); // → [[1, 0.5]]
 * outcome; // → "solved"
 */
export function solve<Theta extends Tree>(K: ParametricOperator<Theta>, theta: Theta, z: Value, options: SolveOptions = {}): SolveResult {
  requireSquareOperator("solve", K, "; a rectangular system has solveLeastSquares");
  requireExamples("solve", "z", z, K.outShape);
  requireReadable("solve", z.backend, "z");
  const method = !options.method || options.method === "auto" ? chooseMethod(K) : options.method;
  if (method === "block") {
    if (K.blockForm) return solveDirect(K, K.blockForm, theta, z, method);
    throw new ShapeError(`solve: ${K.name} has no block form; use method "dense", or an iterative one`);
  }
  if (method === "dense") {
    const instead = 'use method "gmres" or "lsqr", or "cg" or "minres" if it is symmetric';
    return solveDirect(K, denseFormWithin("solve", K, largestDenseSolve, instead, { backend: z.backend }), theta, z, method);
  }
  return solveIteratively(K, theta, z, method, options);
}

/**
 * x = K(θ)⁻ᵀ z for each example; otherwise as `solve`.
 * @param z [examples, ...inShape]
 * @returns x, [examples, ...outShape]
 */
export function solveTranspose<Theta extends Tree>(
  K: ParametricOperator<Theta>,
  theta: Theta,
  z: Value,
  options: SolveOptions = {},
): SolveResult {
  return solve(transposedOperator(K), theta, z, options);
}

/** @throws ShapeError unless x is [examples, ...shape] */
export function requireExamples(op: string, name: string, x: Value, shape: readonly number[]): void {
  if (!sameShape(x.shape.slice(1), shape) || x.shape.length !== shape.length + 1) {
    throw new ShapeError(`${op}: ${name} is ${showShape(x.shape)}; it must be [examples, ${shape.join(", ")}]`);
  }
}
