import type { Regularizer } from "../regularizer.js";
import { differenceOperators, type SmoothnessOptions } from "./difference-operators.js";
import { smoothnessPenalty } from "./smoothness-penalty.js";

/**
 * R(W) = ½λ Σ_a ‖D_aᵏ w‖², the k-th differences along each axis of the grid: order 1 asks for small slopes, 2 for small bends, k for what is close to
 * a polynomial of degree k − 1 on each line. Even orders are centred; odd ones lie half a step ahead.
 * @param order k, an integer ≥ 1
 * @param options the grid, its distances h (default 1/n) and boundary (default `symmetric`, under which constants cost nothing)
 * @throws RangeError unless λ is finite and ≥ 0 and k an integer ≥ 1; ShapeError (when applied) if a leaf does not fit the grid; TypeError if no leaf is
 * selected
 * @remarks Differs from `laplacianPenalty` for k = 2 on several axes: no mixed terms ⟨∂²_x w, ∂²_y w⟩. `prox` and `solveShifted` by fast transforms for
 * `periodic` and `symmetric`; `replicate` with k ≤ 2; `zero` with k = 2; `antisymmetric` with even k.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { differencePenalty } from "@paramat/regularizers";
 * // Second differences (1, 0, −1) of (0, 1, 2): the ends are repeated.
 * differencePenalty(2, 1, { h: 1 })(ndarray(cpu("float64"), [0, 1, 2])).item(); // → 1
 */
export function differencePenalty(order: number, lambda = 1, options: SmoothnessOptions = {}): Regularizer {
  if (!Number.isInteger(order) || order < 1) {
    throw new RangeError(`differencePenalty: order is ${order}; it must be an integer ≥ 1 (order 0 is tikhonov)`);
  }
  return differences("differencePenalty", order, lambda, options);
}

/**
 * R(W) = ½λ ‖∇w‖² = ½λ Σ_a Σ_i ((u_{i+1} − u_i)/h_a)², forward differences along each axis of the grid: `differencePenalty` of order 1.
 * @param options as `differencePenalty`
 * @throws as `differencePenalty`
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { gradientPenalty } from "@paramat/regularizers";
 * gradientPenalty(1, { h: 1 })(ndarray(cpu("float64"), [0, 1, 3])).item(); // → 2.5
 */
export function gradientPenalty(lambda = 1, options: SmoothnessOptions = {}): Regularizer {
  return differences("gradientPenalty", 1, lambda, options);
}

function differences(name: string, order: number, lambda: number, options: SmoothnessOptions): Regularizer {
  return smoothnessPenalty({
    name,
    lambda,
    options,
    defaultBoundary: "symmetric",
    order,
    operatorsOf: (view) => differenceOperators(view, order, options.build),
    combine: (mu) => mu.reduce((total, m) => total + m, 0),
  });
}
