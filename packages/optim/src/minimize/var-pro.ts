import { add, hvp, matmul, mul, square, sum, type Tree, type Value, valueAndGrad } from "@paramat/core";
import { leastSquares, softmaxCrossEntropy } from "@paramat/layers";
import { compiledIf } from "../compiled-if.js";
import { type LastLayer, type LastLayerProblem, solveLastLayer } from "./last-layer.js";
import { requireFinite } from "./minimize-options.js";
import type { Product, ReducedObjective } from "./problem.js";
import { steihaug } from "./steihaug.js";
import { type Vectors, vectorsLike } from "./vectors.js";

export interface VarProOptions<P extends Tree> {
  /** Z(θ), in ops: what the last layer sees, [examples, features]. A feature that is always 1 makes a bias of its row of W. */
  readonly features: (theta: P) => Value;
  /** C, [examples, outputs]; for softmax one-hot or probabilities. */
  readonly target: Value;
  /** ℓ, the mean over examples. */
  readonly loss: "leastSquares" | "softmaxCrossEntropy";
  /** λ of ½λ‖W‖². For softmax it must be > 0, or the minimum may lie at infinity. */
  readonly lambda: number;
  /** R(θ), in ops; default none. */
  readonly penalty?: (theta: P) => Value;
  /** For softmax, ‖∂E/∂W‖ at which W counts as found; default ε^⅔, 4e-11 in float64. The gradient of φ is as exact as that. */
  readonly innerTolerance?: number;
  /** Iterations of the solver for W at most; default 1000 of Newton's method, or of LSQR 20 for each entry of W and 100 more. */
  readonly innerIterations?: number;
  /** Whether softmax begins at the W of the last θ. Faster; φ then depends on what was asked before, in its last digits. Default false: at W = 0. */
  readonly warmStart?: boolean;
  /** Whether φ's derivatives at W are compiled; default true. */
  readonly compile?: boolean;
}

/** φ with its gradient and its Hessian, for any minimizer, and W*. */
export interface VarPro<P extends Tree> extends ReducedObjective<P> {
  /** W*(θ), solved for. */
  weightsAt(theta: P): Promise<LastLayer>;
  valueAndGradient(
    theta: P,
    vectors?: Vectors,
  ): Promise<{ readonly value: number; readonly gradient: P; readonly last: LastLayer; readonly doubt?: string }>;
  hessianAt(theta: P, vectors?: Vectors): Promise<Product<P>>;
}

/**
 * Variable projection: φ(θ) = min_W E(W, θ), E = ℓ(Z(θ)W, C) + ½λ‖W‖² + R(θ). E is convex in W, which is solved for: least squares by LSQR, softmax by
 * Newton–CG. As ∂E/∂W = 0 at W*, ∇φ(θ) = ∂E/∂θ at W*(θ), without the derivative of W* (Golub & Pereyra, 1973; for cross-entropy Newman, Ruthotto, Hart &
 * van Bloemen Waanders, Train Like a (Var)Pro, 2021, section 3). The steps are in θ alone: `lbfgs(varPro({ … }), theta)`. The Hessian follows from that of
 * E, as W*′(θ)v = −E_WW⁻¹ E_Wθ v: ∇²φ v = E_θθ v − E_θW E_WW⁻¹ E_Wθ v, with one solve by conjugate gradients in each product.
 * @returns where W was not found, the `doubt` says so, and a method that ends there is not converged
 * @throws RangeError if λ or the tolerance is outside its range; TypeError for another loss
 * @example
 * import { cpu } from "@paramat/backends";
 * import { matmul, mul, ndarray, tanh, type Value } from "@paramat/core";
 * import { lbfgs, varPro } from "@paramat/optim";
 * const backend = cpu("float64");
 * const Y = ndarray(backend, [[1, 0], [0, 1], [1, 1], [2, -1]]);
 * const C = ndarray(backend, [[1], [-1], [0.5], [2]]);
 * const problem = varPro({ features: (K: Value) => tanh(matmul(Y, K)), target: C, loss: "leastSquares", lambda: 1e-3 });
 * const found = await lbfgs(problem, ndarray(backend, [[1, 0.5], [-0.5, 1]]));
 * found.status; // → "converged"
 * (await problem.weightsAt(found.params)).weights.shape; // → [2, 1]
 */
export function varPro<P extends Tree>(options: VarProOptions<P>): VarPro<P> {
  const {
    features,
    target,
    loss,
    lambda,
    penalty,
    innerTolerance,
    innerIterations,
    warmStart = false,
    compile: isCompiled = true,
  } = options;
  if (loss !== "leastSquares" && loss !== "softmaxCrossEntropy")
    throw new TypeError(`varPro: loss is "${loss}"; it must be "leastSquares" or "softmaxCrossEntropy"`);
  requireFinite("varPro", "lambda", lambda);
  if (innerTolerance !== undefined) requireFinite("varPro", "innerTolerance", innerTolerance);
  if (loss === "softmaxCrossEntropy" && lambda === 0)
    throw new RangeError("varPro: lambda is 0, and without ½λ‖W‖² the softmax problem may have no minimizer; lambda must be > 0");
  const lossOf = loss === "leastSquares" ? leastSquares : softmaxCrossEntropy;
  const inWeights = (W: Value, Z: Value): Value => add(lossOf(matmul(Z, W), target), mul(lambda / 2, sum(square(W))));
  const energy = (theta: P, W: Value): Value => {
    const value = inWeights(W, features(theta));
    return penalty ? add(value, penalty(theta)) : value;
  };
  const prepared = <A extends readonly unknown[], Z>(what: string, f: (...args: A) => Z) => compiledIf(isCompiled, "varPro", what, f);
  const derivative = prepared("φ", valueAndGrad(energy));
  const featuresAt = prepared("features", features);
  type Both = readonly [P, Value];
  // (θ, W, v, u) ↦ (E_θθ v + E_θW u, E_Wθ v + E_WW u), and (W, Z, u) ↦ E_WW u.
  const product = prepared("φ", (theta: P, W: Value, v: P, u: Value) => hvp(([t, w]: Both) => energy(t, w), [theta, W], [v, u]));
  const innerProduct = prepared("φ", (W: Value, Z: Value, u: Value) => hvp((w: Value) => inWeights(w, Z), W, u));
  const problem: LastLayerProblem = {
    target,
    lambda,
    energy: loss === "leastSquares" ? null : inWeights,
    tolerance: innerTolerance,
    maxIterations: innerIterations,
  };
  // W of the θ that was asked last: the Hessian is asked for where the gradient was, and warm starts begin there.
  const recent: { theta?: P; vectors?: Vectors; weights?: Value } = {};

  const solve = async (vectors: Vectors, theta: P): Promise<LastLayer> => {
    const part = vectors.part();
    const Z = part.make(() => featuresAt(theta));
    const found = await solveLastLayer(vectors, problem, Z, (warmStart && recent.weights) || null);
    part.keepOnly();
    recent.vectors ??= vectorsLike(target);
    recent.theta = theta;
    recent.weights = recent.vectors.scaled(1, found.weights);
    recent.vectors.keepOnly(recent.weights);
    return found;
  };
  return {
    keepsNothing: true,
    async weightsAt(theta) {
      const vectors = vectorsLike(theta);
      const found = await solve(vectors, theta);
      vectors.keepOnly(found.weights);
      return found;
    },
    async valueAndGradient(theta, given) {
      const vectors = given ?? vectorsLike(theta);
      const last = await solve(vectors, theta);
      const [whole, gradient] = vectors.make(() => {
        const found = derivative(theta, last.weights);
        return [found.value, found.gradient] as const;
      });
      const value = (await whole.read())[0] as number;
      if (!given) vectors.keepOnly(gradient, last.weights);
      return { value, gradient, last, ...(!last.isConverged && { doubt: notFound(last) }) };
    },
    async hessianAt(theta, given) {
      const vectors = given ?? vectorsLike(theta);
      const W = recent.theta === theta && recent.weights ? vectors.scaled(1, recent.weights) : (await solve(vectors, theta)).weights;
      const Z = vectors.make(() => featuresAt(theta));
      const still = vectors.scaled(0, W);
      return async (v, within) => {
        const part = within.part();
        const right = part.make(() => product(theta, W, v, still)[1]);
        // The step is where E_WW u = −E_Wθ v, W*′(θ)v.
        const { step } = await steihaug(part, (u: Value, inner) => inner.make(() => innerProduct(W, Z, u)), right, {
          radius: Number.POSITIVE_INFINITY,
          tolerance: W.backend.epsilon ** (2 / 3),
          maxProducts: 4 * W.size + 100,
        });
        const found = within.make(() => product(theta, W, v, step)[0]);
        part.keepOnly();
        return found;
      };
    },
  };
}

function notFound({ gradientNorm }: LastLayer): string {
  return `varPro found W to ‖∂E/∂W‖ = ${gradientNorm.toExponential(1)} only; raise lambda or innerIterations, or ask for a larger innerTolerance`;
}
