import { full, type Tree, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { relativeResidual } from "../solvers/relative-residual.js";
import { byBlock, byExample } from "./apply-blocks.js";
import type { BlockForm } from "./block-form.js";
import { factorBlocks, solveFactored } from "./blocks/block-solve.js";
import { gradeCondition, type SolveResult } from "./solve-result.js";

/** K(θ) x = z block by block: x = V* diag(B(θ)⁻¹) U z. */
export function solveDirect<Theta extends Tree>(
  K: ParametricOperator<Theta>,
  form: BlockForm<Theta>,
  theta: Theta,
  z: Value,
  method: "block" | "dense",
): SolveResult {
  const factored = factorBlocks(form.blocks(theta));
  const { condition } = factored;
  const grade = gradeCondition(condition, z.backend.epsilon);
  if (grade.outcome === "singular") {
    const solution = full(z.backend, [z.shape[0] as number, ...K.inShape], Number.NaN);
    return { solution, ...grade, residual: Number.NaN, method, condition };
  }
  const solution = form.synthesize(byExample(solveFactored(factored, byBlock(form.analyzeOut(z)))));
  return { solution, ...grade, residual: relativeResidual(K, theta, solution, z), method, condition };
}
