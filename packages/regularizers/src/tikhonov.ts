import { add, mul, sum, type Value } from "@paramat/core";
import { type Regularizer, requireWeight } from "./regularizer.js";
import { type Selection, selectedLeaves } from "./selected-leaves.js";

/**
 * Tikhonov's R(W) = ½λ Σ‖W‖²_F over the leaves of a tree, known as weight decay: ∇R = λW.
 * @param lambda default 1
 * @throws RangeError unless λ is finite and ≥ 0; TypeError (when applied) if no leaf is selected
 * @example
 * import { cpu } from "@paramat/backends";
 * import { grad, ndarray } from "@paramat/core";
 * import { tikhonov } from "@paramat/regularizers";
 * const W = ndarray(cpu(), [3, 4]);
 * tikhonov()(W).item(); // → 12.5
 * grad(tikhonov(0.5))(W).toNested(); // → [1.5, 2]
 */
export function tikhonov(lambda = 1, selection: Selection = {}): Regularizer {
  return halfSquares("tikhonov", (w) => w, lambda, selection);
}

/**
 * General Tikhonov R(W) = ½λ Σ‖L W‖² over the leaves of a tree: ∇R = λ LᵀL W.
 * @param L a linear map on one leaf, in ops: differences along an axis, say, which ask for smooth W; it may give any shape
 * @param lambda default 1
 * @throws RangeError unless λ is finite and ≥ 0; TypeError (when applied) if no leaf is selected
 */
export function generalTikhonov(L: (w: Value) => Value, lambda = 1, selection: Selection = {}): Regularizer {
  return halfSquares("generalTikhonov", L, lambda, selection);
}

function halfSquares(name: string, L: (w: Value) => Value, lambda: number, selection: Selection): Regularizer {
  requireWeight(name, lambda);
  return (params) => {
    const squares = selectedLeaves(name, params, selection).map((w) => {
      const image = L(w);
      return sum(mul(image, image));
    });
    return mul(
      lambda / 2,
      squares.reduce((a, b) => add(a, b)),
    );
  };
}
