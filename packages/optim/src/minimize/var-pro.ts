import { add, compile, matmul, mul, ShapeError, showShape, square, sum, type Tree, type Value, valueAndGrad, zeros } from "@paramat/core";
import { leastSquares, softmaxCrossEntropy } from "@paramat/layers";
import { linearLeastSquares } from "./linear-least-squares.js";
import { requireFinite } from "./minimize-options.js";
import { newtonCg } from "./newton-cg.js";
import type { ReducedObjective } from "./problem.js";

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
  /** Whether softmax begins at the W of the last θ. Faster; φ then depends on what was asked before, in its last digits. Default false: at W = 0. */
  readonly warmStart?: boolean;
  /** Whether φ's gradient at W is compiled; default true. */
  readonly compile?: boolean;
}

/** The last layer for one θ. */
export interface LastLayer {
  /** W*, [features, outputs]. */
  readonly weights: Value;
  readonly isConverged: boolean;
  /** Of the solver: LSQR steps, or products with the Hessian in W. */
  readonly products: number;
  /** Gradients in W that the solver asked for; 0 for LSQR. */
  readonly gradients: number;
}

/** φ with its gradient, for `lbfgs` and the like, and W*. */
export interface VarPro<P extends Tree> extends ReducedObjective<P> {
  /** W*(θ), solved for. */
  weightsAt(theta: P): Promise<LastLayer>;
  valueAndGradient(theta: P): Promise<{ readonly value: number; readonly gradient: P; readonly last: LastLayer }>;
}

/**
 * Variable projection: φ(θ) = min_W E(W, θ), E = ℓ(Z(θ)W, C) + ½λ‖W‖² + R(θ). E is convex in W, which is solved for: least squares by LSQR, softmax by
 * Newton–CG. As ∂E/∂W = 0 at W*, ∇φ(θ) = ∂E/∂θ at W*(θ), without the derivative of W* (Golub & Pereyra, 1973; for cross-entropy Newman, Ruthotto, Hart &
 * van Bloemen Waanders, Train Like a (Var)Pro, 2021, section 3). The steps are in θ alone: `lbfgs(varPro({ … }), theta)`.
 * @throws RangeError if λ or the tolerance is outside its range
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
  const { features, target, loss, lambda, penalty, innerTolerance, warmStart = false, compile: isCompiled = true } = options;
  requireFinite("varPro", "lambda", lambda);
  if (innerTolerance !== undefined) requireFinite("varPro", "innerTolerance", innerTolerance);
  if (loss === "softmaxCrossEntropy" && lambda === 0)
    throw new RangeError("varPro: lambda is 0, and without ½λ‖W‖² the softmax problem may have no minimizer; lambda must be > 0");
  const lossOf = loss === "leastSquares" ? leastSquares : softmaxCrossEntropy;
  const inWeights = (W: Value, Z: Value): Value => add(lossOf(matmul(Z, W), target), mul(lambda / 2, sum(square(W))));
  const whole = valueAndGrad((theta: P, W: Value): Value => {
    const value = inWeights(W, features(theta));
    return penalty ? add(value, penalty(theta)) : value;
  });
  const derivative = isCompiled ? compile(whole) : whole;
  const featuresAt = isCompiled ? compile(features) : features;
  let last: Value | undefined;

  const weightsAt = async (theta: P): Promise<LastLayer> => {
    const Z = featuresAt(theta);
    requireRows(Z, target);
    const nothing = zeros(Z.backend, [Z.shape[1] as number, target.shape[1] as number]);
    if (loss === "leastSquares") return byLsqr(Z, target, lambda, nothing);
    const found = await newtonCg((W: Value) => inWeights(W, Z), (warmStart && last) || nothing, {
      gradientTolerance: innerTolerance ?? Z.backend.epsilon ** (2 / 3),
      // Z changes with every call, and would be another program each time.
      compile: false,
    });
    if (warmStart) last = found.params;
    const { hessianVector, gradient } = found.evaluations;
    return { weights: found.params, isConverged: found.status === "converged", products: hessianVector, gradients: gradient };
  };
  return {
    weightsAt,
    async valueAndGradient(theta) {
      const solved = await weightsAt(theta);
      const { value, gradient } = derivative(theta, solved.weights);
      return { value: (await value.read())[0] as number, gradient, last: solved };
    },
  };
}

/** n E(W) = ½‖Z W − C‖² + ½nλ‖W‖². */
async function byLsqr(Z: Value, target: Value, lambda: number, start: Value): Promise<LastLayer> {
  const examples = Z.shape[0] as number;
  const maxIterations = 20 * start.size + 100;
  const found = await linearLeastSquares((W: Value) => matmul(Z, W), target, start, { lambda: examples * lambda, maxIterations });
  return { weights: found.params, isConverged: found.status === "converged", products: found.iterations, gradients: 0 };
}

function requireRows(Z: Value, target: Value): void {
  if (Z.shape.length === 2 && target.shape.length === 2 && Z.shape[0] === target.shape[0]) return;
  throw new ShapeError(
    `varPro: the features are ${showShape(Z.shape)}, the target is ${showShape(target.shape)}; they must be [examples, features] and [examples, outputs]`,
  );
}
