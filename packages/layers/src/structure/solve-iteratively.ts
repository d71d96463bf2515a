import { full, type Tree, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { conjugateGradient } from "../solvers/conjugate-gradient.js";
import { type GmresOptions, gmres } from "../solvers/gmres.js";
import { implicitSolve } from "../solvers/implicit-solve.js";
import type { IterativeResult, Products } from "../solvers/iterative-result.js";
import { lsqr } from "../solvers/lsqr.js";
import { minres } from "../solvers/minres.js";
import type { SolveResult } from "./solve-result.js";

type IterativeMethod = "cg" | "minres" | "lsqr" | "gmres";

/** K(θ) x = z by products with K alone. */
export function solveIteratively<Theta extends Tree>(
  K: ParametricOperator<Theta>,
  theta: Theta,
  z: Value,
  method: IterativeMethod,
  options: GmresOptions,
): SolveResult {
  let condition: number | undefined;
  const run = (A: Products, right: Value): IterativeResult => {
    if (method === "cg") return conjugateGradient(A, right, options);
    if (method === "minres") return minres(A, right, options);
    if (method === "gmres") return gmres(A, right, options);
    const found = lsqr(A, right, options);
    condition ??= found.condition;
    return found;
  };
  const { solution, outcome, iterations, residual, history, remedy } = implicitSolve(K, theta, z, run);
  const numbers = { method, iterations, history, ...(condition === undefined ? {} : { condition }) };
  if (outcome === "least squares") {
    return {
      ...numbers,
      solution: full(z.backend, [z.shape[0] as number, ...K.inShape], Number.NaN),
      outcome: "singular",
      residual: Number.NaN,
      remedy: `K(θ) is singular to the tolerance, and z is outside its range (the least residual is ${residual.toExponential(1)}): use solveShifted, or solveLeastSquares`,
    };
  }
  if (outcome === "solved") return { ...numbers, solution, outcome, residual };
  return { ...numbers, solution, outcome: "not converged", residual, remedy: remedy ?? outcome };
}
