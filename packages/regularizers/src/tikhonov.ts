import { reshape, type Shape, ShapeError, showShape, sizeOf, type Value } from "@paramat/core";
import type { LinearOperator } from "@paramat/layers";
import { uniformHessian } from "./diagonal-hessian.js";
import { quadraticPenalty } from "./quadratic-penalty.js";
import type { Regularizer } from "./regularizer.js";
import type { Selection } from "./selected-leaves.js";
import { solveDiagonal } from "./solve-diagonal.js";

/** A regularizer with a direct solve: a fast transform diagonalizes its Hessian. */
export type Solvable = Regularizer & Required<Pick<Regularizer, "prox" | "solveShifted" | "diagonalHessian">>;

/**
 * Tikhonov's R(W) = ½λ Σ‖W‖²_F over the leaves of a tree, known as weight decay (lecture, "Type of Regularization"): ∇R = λW, ∇²R = λI, and its
 * proximal map is W/(1 + λτ).
 * @param lambda default 1
 * @throws RangeError unless λ is finite and ≥ 0; TypeError (when applied) if no leaf is selected
 * @example
 * import { cpu } from "@paramat/backends";
 * import { grad, ndarray } from "@paramat/core";
 * import { tikhonov } from "@paramat/regularizers";
 * const W = ndarray(cpu(), [3, 4]);
 * tikhonov()(W).item(); // → 12.5
 * grad(tikhonov(0.5))(W).toNested(); // → [1.5, 2]
 * tikhonov(0.25).prox(W, 4).toNested(); // → [1.5, 2]
 */
export function tikhonov(lambda = 1, selection: Selection = {}): Solvable {
  const name = "tikhonov";
  const { select = () => true } = selection;
  const solves = solveDiagonal(name, (path) => (select(path) ? uniformHessian(lambda) : null));
  return quadraticPenalty({ name, lambda, selection, imagesOf: (w) => [w], normalOf: (w) => w, ...solves }) as Solvable;
}

/**
 * General Tikhonov R(W) = ½λ Σ‖L W‖² over the leaves of a tree: ∇R = λ LᵀL W (lecture, "Type of Regularization").
 * @param L a linear map on one leaf, in ops, which may give any shape; or a `LinearOperator`, for which a leaf is one or several examples, whatever its
 * own shape: each row of a classifier is an image, say. Differences along an axis ask for smooth W
 * @param lambda default 1
 * @throws RangeError unless λ is finite and ≥ 0; TypeError (when applied) if no leaf is selected; ShapeError (when applied) if a leaf is not a whole
 * number of L's inputs
 * @remarks Has no `prox` and no `solveShifted`: nothing is known of L. Where it is a difference operator, `laplacianPenalty` and its like have both.
 */
export function generalTikhonov(L: ((w: Value) => Value) | LinearOperator, lambda = 1, selection: Selection = {}): Regularizer {
  const name = "generalTikhonov";
  if (typeof L === "function") return quadraticPenalty({ name, lambda, selection, imagesOf: (w) => [L(w)] });
  return quadraticPenalty({
    name,
    lambda,
    selection,
    imagesOf: (w) => [L.apply(asExamples(name, w, L.inShape))],
    normalOf: (w) => reshape(L.applyTranspose(L.apply(asExamples(name, w, L.inShape))), w.shape),
  });
}

/** A leaf as examples of `shape`. */
function asExamples(op: string, w: Value, shape: Shape): Value {
  const size = sizeOf(shape);
  if (size === 0 || w.size % size !== 0) {
    throw new ShapeError(
      `${op}: a leaf is ${showShape(w.shape)}, ${w.size} entries, and L takes ${showShape(shape)}, ${size}; it must be a whole number of those`,
    );
  }
  return reshape(w, [w.size / size, ...shape]);
}
