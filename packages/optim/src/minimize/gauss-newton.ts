import { add, hvp, linearize, type Tree, type Value } from "@paramat/core";
import { requireCount } from "../require-count.js";
import { iterate } from "./iterate.js";
import { type MinimizeOptions, requireFinite } from "./minimize-options.js";
import { defaultProducts, forcing } from "./newton-cg.js";
import type { Outcome } from "./outcome.js";
import { type Product, problemOf } from "./problem.js";
import { steihaug } from "./steihaug.js";
import { plus } from "./tree-vector.js";
import { gainRatio } from "./trust-region.js";

/** f(θ) = ℓ(m(θ)) + R(θ). */
export interface Composite<P extends Tree, Z extends Tree> {
  /** m, in ops: the outputs of a network for all examples. */
  readonly model: (params: P) => Z;
  /** ℓ, convex, to a scalar. */
  readonly loss: (output: Z) => Value;
  /** R, convex, to a scalar. */
  readonly penalty?: (params: P) => Value;
}

export interface GaussNewtonOptions<P extends Tree = Tree> extends MinimizeOptions<P> {
  /** μ of the first iteration, relative to the curvature along the gradient; default 1e-3. */
  readonly initialDamping?: number;
  /** Products with JᵀHJ in one iteration at most; default twice the number of parameters, at most 500. */
  readonly maxProducts?: number;
}

/**
 * min ℓ(m(θ)) + R(θ) by the generalized Gauss–Newton method: (JᵀHJ + ∇²R + μI) p = −∇f with J = ∂m/∂θ and H = ∇²ℓ, the loss's own Hessian, by conjugate
 * gradients (Schraudolph, 2002, section 3); for least squares, JᵀJ. Positive semidefinite whatever m is. μ is Levenberg's and Marquardt's, by Nielsen's
 * rule (Damping parameter in Marquardt's method, 1999, equation 2.5). The value never rises by more than its rounding.
 * @throws TypeError if there are no parameters; RangeError if an option is outside its range
 * @remarks J is used through products alone: J v and Jᵀ w by `linearize`, H v by `hvp`.
 */
export async function gaussNewton<P extends Tree, Z extends Tree>(
  { model, loss, penalty }: Composite<P, Z>,
  params: P,
  options: GaussNewtonOptions<P> = {},
): Promise<Outcome<P>> {
  const { initialDamping = 1e-3, maxProducts = defaultProducts(params) } = options;
  requireFinite("gaussNewton", "initialDamping", initialDamping);
  requireCount("gaussNewton", "maxProducts", maxProducts, 1);
  const f = (at: P): Value => (penalty ? add(loss(model(at)), penalty(at)) : loss(model(at)));
  const curvature = (at: P) => {
    const J = linearize(model, at);
    return (v: P): P => {
      const product = J.applyTranspose(hvp(loss, J.value, J.apply(v)));
      return penalty ? plus(product, 1, hvp(penalty, at, v)) : product;
    };
  };
  const problem = problemOf("gaussNewton", f, params, { ...options, curvature });
  const { vectors } = problem;
  const start = await problem.pointAt(params);
  let damping: number | undefined;
  let growth = 2;
  return iterate("gaussNewton", problem, start, options, async (at) => {
    const product = await problem.curvatureAt(at.params);
    damping ??= (initialDamping * (await vectors.dot(at.gradient, await product(at.gradient, vectors)))) / at.gradientNorm ** 2;
    for (let trial = 0; trial < 60; trial++) {
      const mu: number = damping;
      const { step, slope, predicted, length } = await steihaug(vectors, damped(product, mu), at.gradient, {
        radius: Number.POSITIVE_INFINITY,
        tolerance: forcing(at.gradientNorm, start.gradientNorm),
        maxProducts,
      });
      if (!(slope < 0)) break;
      const point = await problem.pointAt(vectors.plus(at.params, 1, step));
      // The damped model promises less than the model by ½μ‖p‖².
      const ratio = gainRatio(problem, at, point, predicted + 0.5 * mu * length ** 2);
      if (ratio > 1e-4) {
        damping = mu * Math.max(1 / 3, 1 - (2 * ratio - 1) ** 3);
        growth = 2;
        return { point, step: length };
      }
      damping = Math.max(mu, problem.epsilon) * growth;
      growth *= 2;
    }
    return { stalled: "no step makes the value smaller, however damped: rounding has been reached, or the loss is not convex" };
  });
}

/** v ↦ (B + μI)v. */
function damped<P extends Tree>(product: Product<P>, mu: number): Product<P> {
  return async (v, within) => within.plus(await product(v, within), mu, v);
}
