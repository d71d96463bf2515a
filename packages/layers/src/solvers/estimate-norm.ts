import type { Backend } from "@paramat/backends";
import { leaves, ndarray, rng, ShapeError, sizeOf, type Tree, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { lengths, scaleEach } from "./per-example.js";

export interface EstimateNormOptions {
  /** Relative, of the estimate from one step to the next. Default 1e-6. */
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
 * ‖K(θ)‖₂ without a matrix, from below: ‖K x‖ for x ← KᵀK x / ‖KᵀK x‖ (the power method), one product with K and one with Kᵀ in each step. A number, with
 * no derivative; `operatorNorm` has one.
 * @throws ShapeError if θ holds no array and no backend is given
 * @remarks Slow where σ₂ is near σ₁, but then the estimate is good long before the vector is.
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
  const stream = rng(seed);
  const n = sizeOf(K.inShape);
  const unit = (x: Value) => {
    const [length] = lengths(x) as unknown as [number];
    return length > 0 ? scaleEach(x, [1 / length]) : x;
  };
  let x = unit(
    ndarray(
      backend,
      Float64Array.from({ length: n }, () => stream.normal()),
      [1, ...K.inShape],
    ),
  );
  let norm = 0;
  for (let iterations = 1; iterations <= maxIterations; iterations++) {
    const Kx = K.apply(theta, x).array;
    const [next] = lengths(Kx) as unknown as [number];
    if (Math.abs(next - norm) <= tolerance * next) return { norm: next, iterations, outcome: "converged" };
    norm = next;
    x = unit(K.applyTranspose(theta, Kx).array);
  }
  return { norm, iterations: maxIterations, outcome: "not converged" };
}
