import type { Backend } from "@paramat/backends";
import { leaves, mul, ndarray, requireReadable, rng, ShapeError, sizeOf, sub, type Tree, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { bidiagonalSingularValues } from "../structure/numeric/bidiagonal-singular-values.js";
import { zeroMatrix } from "../structure/numeric/complex-matrix.js";
import { lengths } from "./per-example.js";

export interface EstimateNormOptions {
  /** Relative, of the estimate from one look at it to the next. Default 1e-6. */
  readonly tolerance?: number;
  /** Default 1000. */
  readonly maxIterations?: number;
  /** Of the first vector. Default 1. */
  readonly seed?: number;
  /** Where to compute if the parameters hold no array. */
  readonly backend?: Backend;
}

export interface NormEstimate {
  /** Never above ‖K‖₂ but for rounding. */
  readonly norm: number;
  readonly iterations: number;
  readonly outcome: "converged" | "not converged";
}

/**
 * ‖K(θ)‖₂ without a matrix, from below: the largest singular value of the bidiagonal matrix to which Golub, Kahan and Lanczos bring K on the space of a
 * random x, KᵀK x, (KᵀK)² x, …; one product with K and one with Kᵀ in each step. A number, with no derivative; `operatorNorm` has one.
 * @throws ShapeError if θ holds no array and no backend is given; BackendError where the backend cannot be read without waiting
 * @remarks Golub & Van Loan, Matrix Computations, 10.4. Vectors are not orthogonalized again: what is lost with that are copies of values, not the largest.
 */
export function estimateNorm<Theta extends Tree>(
  K: ParametricOperator<Theta>,
  theta: Theta,
  options: EstimateNormOptions = {},
): NormEstimate {
  const { tolerance = 1e-6, maxIterations = 1000, seed = 1 } = options;
  const backend = leaves(theta)[0]?.backend ?? options.backend;
  if (!backend)
    throw new ShapeError(`estimateNorm: the parameters of ${K.name} hold no array, so there is no backend to compute on; pass one`);
  requireReadable("estimateNorm", backend, "theta");
  const stream = rng(seed);
  const start = Float64Array.from({ length: sizeOf(K.inShape) }, () => stream.normal());
  let [, v] = unit(ndarray(backend, start, [1, ...K.inShape]));
  let [alpha, u] = unit(K.apply(theta, v).array);
  const diagonal = [alpha];
  const beside: number[] = [];
  let seen = { norm: alpha, at: 1, steady: 0 };
  for (let iterations = 1; iterations <= maxIterations; iterations++) {
    // β v′ = Kᵀu − αv and α′ u′ = Kv′ − βu
    const [beta, nextV] = unit(sub(K.applyTranspose(theta, u), mul(alpha, v)).array);
    if (beta <= backend.epsilon * seen.norm) return { norm: largestOf(diagonal, beside), iterations, outcome: "converged" };
    const [nextAlpha, nextU] = unit(sub(K.apply(theta, nextV), mul(beta, u)).array);
    [alpha, u, v] = [nextAlpha, nextU, nextV];
    diagonal.push(alpha);
    beside.push(beta);
    // The small matrix costs its size cubed, so it is looked at ever more rarely; two quiet looks in a row count.
    if (iterations < 12 || iterations >= 1.2 * seen.at || iterations === maxIterations) {
      const norm = largestOf(diagonal, beside);
      seen = { norm, at: iterations, steady: norm - seen.norm <= tolerance * norm ? seen.steady + 1 : 0 };
      if (seen.steady >= 2) return { norm, iterations, outcome: "converged" };
    }
  }
  return { norm: seen.norm, iterations: maxIterations, outcome: "not converged" };
}

/** ‖x‖ and x/‖x‖; 0 and x where x is 0. */
function unit(x: Value): [length: number, x: Value] {
  const [length] = lengths(x) as unknown as [number];
  return [length, length > 0 ? mul(1 / length, x) : x];
}

/** σ₁ of the upper bidiagonal matrix. */
function largestOf(diagonal: readonly number[], beside: readonly number[]): number {
  const n = diagonal.length;
  const B = zeroMatrix(n, n);
  diagonal.forEach((alpha, i) => {
    B.re[i * n + i] = alpha;
    if (i + 1 < n) B.re[i * n + i + 1] = beside[i] as number;
  });
  return bidiagonalSingularValues(B)[0] as number;
}
