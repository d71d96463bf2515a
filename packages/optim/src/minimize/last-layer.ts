import { matmul, ShapeError, showShape, type Value, zeros } from "@paramat/core";
import { solveIn } from "./linear-least-squares.js";
import { newtonCg } from "./newton-cg.js";
import type { Vectors } from "./vectors.js";

/** The last layer for one θ. */
export interface LastLayer {
  /** W*, [features, outputs]. */
  readonly weights: Value;
  readonly isConverged: boolean;
  /** ‖∂E/∂W‖. */
  readonly gradientNorm: number;
  /** Of the solver: LSQR steps, or products with the Hessian in W. */
  readonly products: number;
  /** Gradients in W that the solver asked for; 0 for LSQR. */
  readonly gradients: number;
}

/** min_W ℓ(Z W, C) + ½λ‖W‖². */
export interface LastLayerProblem {
  readonly target: Value;
  readonly lambda: number;
  /** The whole, in ops, for Newton's method; null for least squares, which LSQR solves. */
  readonly energy: ((W: Value, Z: Value) => Value) | null;
  readonly tolerance: number | undefined;
  readonly maxIterations: number | undefined;
}

/**
 * W* for the features Z, its weights made in `vectors`.
 * @param near where Newton's method begins; null begins at 0
 * @throws ShapeError unless Z and the target have the same number of rows
 */
export async function solveLastLayer(vectors: Vectors, problem: LastLayerProblem, Z: Value, near: Value | null): Promise<LastLayer> {
  const { target, lambda, energy, tolerance, maxIterations } = problem;
  requireRows(Z, target);
  const part = vectors.part();
  // A copy, as another solve may replace what is near while this one waits.
  const start = near ? part.scaled(1, near) : part.make(() => zeros(Z.backend, [Z.shape[1] as number, target.shape[1] as number]));
  const done = (found: LastLayer): LastLayer => {
    const kept = { ...found, weights: vectors.scaled(1, found.weights) };
    part.keepOnly();
    return kept;
  };
  if (!energy) {
    // n E(W) = ½‖Z W − C‖² + ½nλ‖W‖².
    const examples = Z.shape[0] as number;
    const most = maxIterations ?? 20 * start.size + 100;
    const solved = await solveIn(part, (W: Value) => matmul(Z, W), target, start, { lambda: examples * lambda, maxIterations: most });
    const { params, status, iterations, gradientNorm } = solved;
    return done({
      weights: params,
      isConverged: status === "converged",
      gradientNorm: gradientNorm / examples,
      products: iterations,
      gradients: 0,
    });
  }
  const found = await newtonCg((W: Value) => energy(W, Z), start, {
    gradientTolerance: tolerance ?? Z.backend.epsilon ** (2 / 3),
    ...(maxIterations !== undefined && { maxIterations }),
    // Z changes with every call, and would be another program each time.
    compile: false,
  });
  part.adopt(found.params);
  const { hessianVector, gradient } = found.evaluations;
  return done({
    weights: found.params,
    isConverged: found.status === "converged",
    gradientNorm: found.gradientNorm,
    products: hessianVector,
    gradients: gradient,
  });
}

function requireRows(Z: Value, target: Value): void {
  if (Z.shape.length === 2 && target.shape.length === 2 && Z.shape[0] === target.shape[0]) return;
  throw new ShapeError(
    `varPro: the features are ${showShape(Z.shape)}, the target is ${showShape(target.shape)}; they must be [examples, features] and [examples, outputs]`,
  );
}
