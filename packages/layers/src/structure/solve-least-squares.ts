import { requireReadable, sizeOf, type Tree, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { implicitLeastSquares } from "../solvers/implicit-least-squares.js";
import type { IterativeOptions } from "../solvers/iterative-result.js";
import { relativeResidual } from "../solvers/relative-residual.js";
import { byBlock, byExample } from "./apply-blocks.js";
import { blockPseudoInverse } from "./blocks/block-pseudo-inverse.js";
import { complexMatmul } from "./blocks/complex-matmul.js";
import { smallDense } from "./choose-method.js";
import { denseFormWithin, largestDenseSpectrum } from "./form-of.js";
import { requireExamples } from "./solve.js";

export interface LeastSquaresOptions extends Omit<IterativeOptions, "preconditioner" | "tolerance"> {
  /** `auto`: K's block form; without one lsqr where max(m, n) > 512, else the dense matrix. */
  readonly method?: "auto" | "dense" | "lsqr";
  /** Singular values up to this share of the largest count as 0. For lsqr, the tolerance of its residuals. Default max(m, n) ε, for lsqr 1e-10. */
  readonly tolerance?: number;
}

export interface LeastSquaresResult {
  /** [examples, ...inShape]; differentiable in θ and z where the rank does not change. */
  readonly solution: Value;
  readonly outcome: "solved" | "rank deficient" | "not converged";
  /** ‖z − K x‖/‖z‖ of the worst example: 0 to rounding where K x = z has a solution. */
  readonly residual: number;
  /** Of K(θ), for direct methods. */
  readonly rank?: number;
  /** The largest singular value over the smallest that counts; for lsqr an estimate of ‖K‖_F‖K⁺‖_F. */
  readonly condition: number;
  readonly iterations?: number;
  readonly remedy?: string;
}

/**
 * x = K(θ)⁺ z: of all x that minimize ‖K(θ) x − z‖ the shortest, for each example. K of any shape and rank.
 * @param z [examples, ...outShape]
 * @returns x, [examples, ...inShape]; `rank deficient` where the minimizer was not unique, or z cannot be reached for want of rank
 * @throws ShapeError if z has another shape, or `dense` is asked of K larger than 1024; BackendError where the backend cannot be read without waiting
 * @remarks Directly from the singular value decomposition of each block, exact to ε κ, not κ².
 */
export function solveLeastSquares<Theta extends Tree>(
  K: ParametricOperator<Theta>,
  theta: Theta,
  z: Value,
  options: LeastSquaresOptions = {},
): LeastSquaresResult {
  requireExamples("solveLeastSquares", "z", z, K.outShape);
  requireReadable("solveLeastSquares", z.backend, "z");
  const [n, m] = [sizeOf(K.inShape), sizeOf(K.outShape)];
  const { method = "auto" } = options;
  const form = method === "auto" ? K.blockForm : undefined;
  if (!form && (method === "lsqr" || (method === "auto" && Math.max(m, n) > smallDense))) {
    const { solution, outcome, residual, iterations, remedy, condition } = implicitLeastSquares(K, theta, z, options);
    const isFound = outcome === "solved" || outcome === "least squares";
    return {
      solution,
      outcome: isFound ? "solved" : "not converged",
      residual,
      condition,
      iterations,
      ...(isFound || !remedy ? {} : { remedy }),
    };
  }
  const used = form ?? denseFormWithin("solveLeastSquares", K, largestDenseSpectrum, 'use method "lsqr"', { backend: z.backend });
  const { inverse, ranks, condition } = blockPseudoInverse(used.blocks(theta), options.tolerance ?? Math.max(m, n) * z.backend.epsilon);
  const solution = used.synthesize(byExample(complexMatmul(inverse, byBlock(used.analyzeOut(z)))));
  const rank = ranks.reduce((total, r) => total + r, 0);
  const numbers = { solution, residual: relativeResidual(K, theta, solution, z), rank, condition };
  if (rank === Math.min(m, n)) return { ...numbers, outcome: "solved" };
  return {
    ...numbers,
    outcome: "rank deficient",
    remedy: `K(θ) has rank ${rank} of ${Math.min(m, n)}: of many minimizers this is the shortest`,
  };
}
