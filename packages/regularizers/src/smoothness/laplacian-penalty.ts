import type { Regularizer } from "../regularizer.js";
import { laplacianOperator, type SmoothnessOptions } from "./difference-operators.js";
import { smoothnessPenalty } from "./smoothness-penalty.js";

/**
 * R(W) = ½λ Σ‖L w‖² with L ≈ ∇² on a grid of any number of axes, Σ_a (u_{i−1} − 2u_i + u_{i+1})/h_a² (lecture, "Discretization of ∇²"): classifiers
 * whose weights, seen as images, are smooth. ∇R = λLᵀLW.
 * @param options the grid, its distances h (default 1/n) and boundary (default `zero`, the lecture's matrix: weights go to 0 at the border)
 * @throws RangeError unless λ is finite and ≥ 0; ShapeError (when applied) if a leaf does not fit the grid; TypeError if no leaf is selected
 * @remarks `prox` and `solveShifted`, (λαLᵀL + γI)⁻¹ by fast transforms, for every boundary but `reflect`, whose L is not symmetric. The lecture's
 * `L1D = @(N,h) 1/h^2 * spdiags(ones(n,1) * [1 -2 1], -1:1, N, N)` uses n where it means N.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { laplacianPenalty } from "@paramat/regularizers";
 * // Lw = (0, −2, 0), so ½ · 4.
 * laplacianPenalty(1, { h: 1 })(ndarray(cpu("float64"), [1, 2, 1])).item(); // → 2
 */
export function laplacianPenalty(lambda = 1, options: SmoothnessOptions = {}): Regularizer {
  return smoothnessPenalty({
    name: "laplacianPenalty",
    lambda,
    options,
    defaultBoundary: "zero",
    order: 2,
    operatorsOf: (view) => [laplacianOperator(view, options.build)],
    // Along each axis DᵀD = D², so L = −Σ √μ_a.
    combine: (mu) => mu.reduce((total, m) => total + Math.sqrt(m), 0) ** 2,
  });
}
