import {
  concat,
  grad,
  jvp,
  leaves,
  linearize,
  mapLeaves,
  mul,
  norm,
  rebuild,
  reshape,
  slice,
  type Tree,
  type Value,
  valueAndGrad,
  zipLeaves,
} from "@paramat/core";
import { conjugateGradient, type IterativeOutcome } from "@paramat/layers";
import { flatten } from "../tree-vectors.js";

/** Two levels: W*(λ) = argmin_W F(W, λ), and λ is to make E_val(W*(λ)) small. */
export interface BilevelProblem<W extends Tree, Lambda extends Tree> {
  /** F(W, λ) to a scalar, in ops, say E(W) + λR(W), or Σ λ_k R_k(W) for a tree of several; convex near its minimum. */
  readonly objective: (params: W, lambda: Lambda) => Value;
  /** E_val(W), on data that the objective does not see, to a scalar. */
  readonly validation: (params: W) => Value;
}

export interface ValidationGradientOptions {
  /** Of the residual of the linear system, relative. Default 1e-10, or 50 ε where that is more. */
  readonly tolerance?: number;
  /** Default as `conjugateGradient`. */
  readonly maxIterations?: number;
}

export interface ValidationGradient<Lambda extends Tree> {
  /** E_val(W). */
  readonly value: number;
  /** dE_val(W*(λ))/d log λ for every number of λ, of λ's form. */
  readonly gradient: Lambda;
  /** ‖∇_W F(W, λ)‖: the gradient is that of W*(λ) only where this is 0; its error is proportional to it. */
  readonly stationarity: number;
  /** How the linear system ended. */
  readonly outcome: IterativeOutcome;
  /** Products with ∇²_W F. */
  readonly iterations: number;
  /** Relative, of the linear system. */
  readonly residual: number;
  /** What to do, unless solved. */
  readonly remedy?: string;
}

/**
 * How the validation error of the minimizer changes with log λ, without solving for neighbouring λ. From ∇_W F(W*(λ), λ) = 0 follows
 * dE_val/dλ = −⟨p, ∂_λ∇_W F⟩ with ∇²_W F p = ∇E_val (implicit function theorem): one system by conjugate gradients, from products with the Hessian alone,
 * whatever the number of λ. For F = E + λR it is −⟨p, ∇R⟩. J. Larsen et al. 1996; Y. Bengio, Neural Computation 12 (2000); F. Pedregosa, ICML 2016.
 * @param params W*(λ), from a solver of your own, to high precision
 * @param lambda a tree of positive numbers: one for all, or one for each penalty or weight
 * @throws RangeError if a number of λ is not positive; NotDifferentiableError unless both functions give scalars
 * @remarks Reads numbers in each step of conjugate gradients; `outcome` is `breakdown` where ∇²_W F is not positive definite.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { add, mul, ndarray, square, sub, type Value } from "@paramat/core";
 * import { tikhonov, validationGradient } from "@paramat/regularizers";
 * const backend = cpu("float64");
 * const problem = {
 *   objective: (w: Value, lambda: Value) => add(mul(0.5, square(sub(w, 4))), mul(lambda, tikhonov()(w))),
 *   validation: (w: Value) => mul(0.5, square(sub(w, 1))),
 * };
 * // w*(λ) = 4/(1 + λ), so that dE/d log λ = −λ (w* − 1)·4/(1 + λ)² = −1 at λ = 1.
 * const { gradient } = validationGradient(problem, ndarray(backend, 2), ndarray(backend, 1));
 * gradient.item(); // → -1
 */
export function validationGradient<W extends Tree, Lambda extends Tree>(
  problem: BilevelProblem<W, Lambda>,
  params: W,
  lambda: Lambda,
  options: ValidationGradientOptions = {},
): ValidationGradient<Lambda> {
  const { objective, validation } = problem;
  requirePositive("validationGradient", lambda);
  const { value, gradient: slope } = valueAndGrad(validation)(params);
  const linear = linearize(
    grad((W: W) => objective(W, lambda)),
    params,
  );
  const solved = conjugateGradient({ apply: (v) => row(linear.apply(unrow(params, v))) }, row(slope), options);
  const p = unrow(params, solved.solution);
  // ⟨p, ∇_W F⟩ is the derivative of F along p, which is then differentiated in λ.
  const along = (l: Lambda) => jvp((W: W) => objective(W, l), params, p).tangent;
  const inLambda = grad(along)(lambda);
  const gradient = rebuild(
    lambda,
    zipLeaves("validationGradient", lambda, inLambda).map(([l, d]) => mul(mul(l, d), -1)),
  );
  const stationarity = norm(row(linear.value)).item();
  const { outcome, iterations, residual, remedy } = solved;
  return { value: value.item(), gradient, stationarity, outcome, iterations, residual, ...(remedy !== undefined && { remedy }) };
}

/** All leaves as one example, [1, numbers], in ops. */
function row(tree: Tree): Value {
  return concat(
    leaves(tree).map((leaf) => reshape(leaf, [1, leaf.size])),
    { axis: 1 },
  );
}

function unrow<W extends Tree>(like: W, numbers: Value): W {
  let start = 0;
  return mapLeaves(like, (leaf) => {
    start += leaf.size;
    return reshape(slice(numbers, 1, start - leaf.size, start), leaf.shape);
  });
}

/** @throws RangeError unless every number is finite and > 0 */
export function requirePositive(op: string, lambda: Tree): void {
  const numbers = flatten(lambda);
  const wrong = numbers.find((l) => !(l > 0 && l < Number.POSITIVE_INFINITY));
  if (wrong !== undefined)
    throw new RangeError(`${op}: lambda holds ${wrong}; all numbers must be finite and > 0, as log λ is what changes`);
}
