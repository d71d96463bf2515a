import { add, div, eye, log, matmul, mul, reshape, slice, sub, type Value } from "@paramat/core";
import { leafSum } from "../leaf-sum.js";
import { type Regularizer, requireWeight } from "../regularizer.js";
import type { Selection } from "../selected-leaves.js";
import { requireEpsilon } from "../sparsity/smoothed-root.js";
import { asMatrix } from "./as-matrix.js";

export interface LogDetOptions extends Selection {
  /** Squares of singular values well below it count as 0; default 0.01. */
  readonly epsilon?: number;
}

/**
 * R(W) = ½λ log det(I + WᵀW/ε) = ½λ Σ log(1 + σᵢ²/ε): a smooth surrogate for the rank, to which R/log(1/√ε) goes as ε → 0 (Fazel, Hindi & Boyd,
 * "Log-det heuristic for matrix rank minimization", ACC 2003). A leaf is a matrix of its last axis against all others. Not convex.
 * @throws RangeError unless λ is finite and ≥ 0 and ε finite and > 0; TypeError (when applied) if no leaf is selected
 * @remarks By elimination on the smaller Gram matrix, min(m, n) steps in ops that can be compiled: for matrices with one side up to some 100. Convex, and
 * without a decomposition at all, is ½(‖A‖² + ‖B‖²) on the factors of W = AB, `tikhonov` on both, whose least value over all factors is ‖W‖_*
 * (Srebro, Rennie & Jaakkola 2004).
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { logDetPenalty } from "@paramat/regularizers";
 * const W = ndarray(cpu("float64"), [[2, 0], [0, 1]]);
 * logDetPenalty(2, { epsilon: 1 })(W).item(); // → ≈ 2.302585
 */
export function logDetPenalty(lambda = 1, options: LogDetOptions = {}): Regularizer {
  const { epsilon = 0.01 } = options;
  requireWeight("logDetPenalty", lambda);
  requireEpsilon("logDetPenalty", epsilon, "positive");
  return leafSum({
    name: "logDetPenalty",
    lambda: lambda / 2,
    selection: options,
    isConvex: false,
    valueOf(leaf) {
      const W = asMatrix(leaf);
      const [m, n] = W.shape as readonly [number, number];
      const gram = m < n ? matmul(W, W, { transposeB: true }) : matmul(W, W, { transposeA: true });
      return logDet(add(eye(W.backend, Math.min(m, n)), mul(gram, 1 / epsilon)));
    },
  });
}

/** log det A of a positive definite matrix: the sum of the logarithms of its pivots, none of which needs an exchange. */
function logDet(A: Value): Value {
  const n = A.shape[0] as number;
  const pivot = slice(slice(A, 0, 0, 1), 1, 0, 1);
  const first = reshape(log(pivot), []);
  if (n === 1) return first;
  const row = slice(slice(A, 0, 0, 1), 1, 1);
  const column = slice(slice(A, 0, 1), 1, 0, 1);
  const rest = slice(slice(A, 0, 1), 1, 1);
  return add(first, logDet(sub(rest, div(mul(column, row), pivot))));
}
