import { leaves, linearize, mapLeaves, NotLinearError, rebuild, sub, type Tree, zipLeaves } from "@paramat/core";
import { requireCount } from "../require-count.js";
import { type LinearMap, lsqr } from "./lsqr.js";
import { requireFinite } from "./minimize-options.js";
import { plus, scaled, sizeOfTree } from "./tree-vector.js";
import { type Vectors, vectorsLike } from "./vectors.js";

export interface LinearLeastSquaresOptions {
  /** λ of ½λ‖θ‖²; default 0, and then of several minimizers the nearest to the given parameters is found. */
  readonly lambda?: number;
  /** Stops where the residual is this small beside the target, or the gradient beside the residual and J; default 100 ε. */
  readonly tolerance?: number;
  /** Default twice the number of parameters or of outputs, whichever is more; at least 100 and at most 10 000. */
  readonly maxIterations?: number;
  /** Once aborted, it stops after the iteration under way, with the status "interrupted". */
  readonly signal?: AbortSignal;
}

export interface LinearLeastSquaresResult<P extends Tree> {
  readonly params: P;
  /** `non-finite`: NaN or ∞ came up, in the model, the target or on the way. */
  readonly status: "converged" | "limit" | "non-finite" | "interrupted";
  /** ½‖m(θ) − c‖² + ½λ‖θ‖². */
  readonly value: number;
  /** Of that, computed afresh. */
  readonly gradientNorm: number;
  /** Each is one product with J and one with Jᵀ. */
  readonly iterations: number;
  /** An estimate of the condition number of [J; √λ I]. */
  readonly condition: number;
  /** What to do, unless converged. */
  readonly remedy?: string;
  /** All of this but the parameters, in one sentence. */
  toString(): string;
}

/**
 * argmin ½‖m(θ) − c‖² + ½λ‖θ‖² for a model m that is affine in θ, by LSQR on [J; √λ I], J = ∂m/∂θ through its products (Paige & Saunders, 1982): the
 * condition is never squared, and no matrix is formed.
 * @param model m, in ops: a last layer, or a K(θ)y seen as a function of θ
 * @param target c, of the form of m(θ)
 * @param params where to begin; its form is that of the result
 * @throws NotLinearError if m turns out not to be affine; ShapeError if the target has another form; RangeError if an option is outside its range
 */
export async function linearLeastSquares<P extends Tree, Z extends Tree>(
  model: (params: P) => Z,
  target: Z,
  params: P,
  options: LinearLeastSquaresOptions = {},
): Promise<LinearLeastSquaresResult<P>> {
  const vectors = vectorsLike(params);
  const found = await solveIn(vectors, model, target, params, options);
  vectors.keepOnly(found.params);
  return found;
}

/** The same, with all that it makes, the result too, in `vectors`. */
export async function solveIn<P extends Tree, Z extends Tree>(
  vectors: Vectors,
  model: (params: P) => Z,
  target: Z,
  params: P,
  { lambda = 0, tolerance, maxIterations, signal }: LinearLeastSquaresOptions,
): Promise<LinearLeastSquaresResult<P>> {
  requireFinite("linearLeastSquares", "lambda", lambda);
  if (tolerance !== undefined) requireFinite("linearLeastSquares", "tolerance", tolerance);
  if (maxIterations !== undefined) requireCount("linearLeastSquares", "maxIterations", maxIterations, 0);
  const [first] = leaves(params);
  if (!first) throw new TypeError("linearLeastSquares: the tree of parameters has no leaves; there must be at least one array to find");
  const { epsilon } = first.backend;
  const { make, norm } = vectors;
  const start = mapLeaves(params, (leaf) => leaf.array);
  const J = vectors.hold(() => linearize(model, start));
  const gap = make(() =>
    rebuild(
      J.value,
      zipLeaves("linearLeastSquares", J.value, target).map(([z, c]) => sub(c, z)),
    ),
  );
  const most = maxIterations ?? Math.min(10_000, Math.max(100, 2 * sizeOfTree(params), 2 * sizeOfTree(gap)));
  // A step s from the parameters minimizes ‖J s − gap‖² + λ‖s + θ₀‖².
  const damping = Math.sqrt(lambda);
  const stop = { tolerance: tolerance ?? 100 * epsilon, maxIterations: most, signal };
  const {
    solution: step,
    isDone,
    iterations,
    condition,
  } = damping === 0
    ? await lsqr(vectors, J, gap, stop)
    : await lsqr(vectors, damped(J, damping), [gap, vectors.scaled(-damping, start)] as const, stop);
  const solution = vectors.plus(start, 1, step);
  const residual = make(() => plus(model(solution), -1, target));
  const surprise = make(() => plus(plus(residual, 1, gap), -1, J.apply(step)));
  requireAffine(await norm(surprise), await norm(gap), epsilon);
  const gradientNorm = await norm(make(() => plus(J.applyTranspose(residual), lambda, solution)));
  const value = 0.5 * (await norm(residual)) ** 2 + 0.5 * lambda * (await norm(solution)) ** 2;
  const isFinite = Number.isFinite(value) && Number.isFinite(gradientNorm);
  const result = {
    params: solution,
    status: !isFinite ? "non-finite" : isDone ? "converged" : signal?.aborted ? "interrupted" : "limit",
    value,
    gradientNorm,
    iterations,
    condition,
    ...(!isFinite
      ? {
          remedy: `the value is ${value}, the gradient's norm ${gradientNorm}; look for NaN or ∞ in the target, the parameters and the model`,
        }
      : !isDone && {
          remedy: `‖gradient‖ is ${gradientNorm.toExponential(1)} after ${iterations} iterations; raise maxIterations, scale the parameters alike, or ask for a larger tolerance`,
        }),
  } as const;
  return { ...result, toString: () => sentence(result) };
}

function sentence(result: Omit<LinearLeastSquaresResult<Tree>, "toString">): string {
  const { status, iterations, value, gradientNorm, condition, remedy } = result;
  const [f, g, k] = [value, gradientNorm, condition].map((x) => x.toExponential(1));
  const why = remedy ?? `value ${f}, ‖gradient‖ ${g}, condition about ${k}`;
  return `linearLeastSquares: ${status} after ${iterations} iteration${iterations === 1 ? "" : "s"}: ${why}`;
}

/** s ↦ (J s, √λ s). */
function damped<P extends Tree, Z extends Tree>(J: LinearMap<P, Z>, damping: number): LinearMap<P, readonly [Z, P]> {
  return {
    apply: (s) => [J.apply(s), scaled(damping, s)],
    applyTranspose: ([z, s]) => plus(J.applyTranspose(z), damping, s),
  };
}

/** @param surprise by how much m(θ) differs from what the linearization says */
function requireAffine(surprise: number, scale: number, epsilon: number): void {
  if (surprise > 1e4 * epsilon * (1 + scale))
    throw new NotLinearError(
      `linearLeastSquares: the model is not affine: at the solution it differs from its linearization by ${surprise.toExponential(1)}; use gaussNewton`,
    );
}
