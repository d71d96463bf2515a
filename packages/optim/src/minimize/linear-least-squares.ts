import {
  concat,
  leaves,
  linearize,
  mapLeaves,
  mul,
  NotLinearError,
  rebuild,
  reshape,
  slice,
  sub,
  type Tree,
  type Value,
  zipLeaves,
} from "@paramat/core";
import { type IterativeOptions, lsqr } from "@paramat/layers";
import { keepInScope } from "../training/training-state.js";
import { requireFinite } from "./minimize-options.js";
import { norm, plus } from "./tree-vector.js";

export interface LinearLeastSquaresOptions extends Omit<IterativeOptions, "preconditioner"> {
  /** λ of ½λ‖θ‖²; default 0, and then of several minimizers the nearest to the given parameters is found. */
  readonly lambda?: number;
}

export interface LinearLeastSquaresResult<P extends Tree> {
  readonly params: P;
  readonly status: "converged" | "limit";
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
}

/**
 * argmin ½‖m(θ) − c‖² + ½λ‖θ‖² for a model m that is affine in θ, by LSQR on [J; √λ I], J = ∂m/∂θ through its products (Paige & Saunders, 1982): the
 * condition is never squared, and no matrix is formed.
 * @param model m, in ops: a last layer, or a K(θ)y seen as a function of θ
 * @param target c, of the form of m(θ)
 * @param params where to begin; its form is that of the result
 * @throws NotLinearError if m turns out not to be affine; ShapeError if the target has another form; RangeError if an option is outside its range
 * @remarks The host reads scalars on the way, so the backend must have `readSync`.
 */
export async function linearLeastSquares<P extends Tree, Z extends Tree>(
  model: (params: P) => Z,
  target: Z,
  params: P,
  options: LinearLeastSquaresOptions = {},
): Promise<LinearLeastSquaresResult<P>> {
  const { lambda = 0, ...iterative } = options;
  requireFinite("linearLeastSquares", "lambda", lambda);
  const J = linearize(model, params);
  const damping = Math.sqrt(lambda);
  const outputs = leaves(J.value).reduce((count, leaf) => count + leaf.size, 0);
  const gap = rebuild(
    J.value,
    zipLeaves("linearLeastSquares", J.value, target).map(([z, c]) => sub(c, z)),
  );
  // A step s from the parameters minimizes ‖J s − gap‖² + λ‖s + θ₀‖².
  const flatParams = row(params);
  const right = damping === 0 ? row(gap) : concat([row(gap), mul(flatParams, -damping)], { axis: 1 });
  const solve = () =>
    lsqr(
      {
        apply(s) {
          const image = row(J.apply(unrow(params, s)));
          return damping === 0 ? image : concat([image, mul(s, damping)], { axis: 1 });
        },
        applyTranspose(z) {
          const back = row(J.applyTranspose(unrow(J.value, damping === 0 ? z : slice(z, 1, 0, outputs))));
          return damping === 0 ? back : plus(back, damping, slice(z, 1, outputs));
        },
      },
      right,
      { tolerance: 100 * flatParams.backend.epsilon, ...iterative },
    );
  const found = keepInScope(flatParams.backend, solve, ({ solution }) => solution);
  const solution = plus(
    mapLeaves(params, (leaf) => leaf.array),
    1,
    unrow(params, found.solution),
  );
  const residual = plus(model(solution), -1, target);
  await requireAffine(
    plus(plus(residual, 1, gap), -1, J.apply(unrow(params, found.solution))),
    await norm(gap),
    flatParams.backend.epsilon,
  );
  const isDone = found.outcome === "solved" || found.outcome === "least squares";
  return {
    params: solution,
    status: isDone ? "converged" : "limit",
    value: 0.5 * (await norm(residual)) ** 2 + 0.5 * lambda * (await norm(solution)) ** 2,
    gradientNorm: await norm(plus(J.applyTranspose(residual), lambda, solution)),
    iterations: found.iterations,
    condition: found.condition,
    ...(!isDone && found.remedy !== undefined && { remedy: found.remedy }),
  };
}

/** All entries as one example, [1, entries]. */
function row(tree: Tree): Value {
  const rows = leaves(tree).map((leaf) => reshape(leaf, [1, leaf.size]));
  return rows.length === 1 ? (rows[0] as Value) : concat(rows, { axis: 1 });
}

/** The tree of the form of `like` with the entries of [1, entries]. */
function unrow<T extends Tree>(like: T, flat: Value): T {
  let from = 0;
  return mapLeaves(like, (leaf) => {
    const part = slice(flat, 1, from, from + leaf.size);
    from += leaf.size;
    return reshape(part, leaf.shape);
  });
}

/** @param surprise m(θ) minus what the linearization says */
async function requireAffine(surprise: Tree, scale: number, epsilon: number): Promise<void> {
  const size = await norm(surprise);
  if (size > 1e4 * epsilon * (1 + scale))
    throw new NotLinearError(
      `linearLeastSquares: the model is not affine: at the solution it differs from its linearization by ${size.toExponential(1)}; use gaussNewton`,
    );
}
