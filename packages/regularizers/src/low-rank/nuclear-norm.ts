import { matmul, mul, ndarray, reshape, sum, type ValueLike } from "@paramat/core";
import { denseMatrix, singularValues, thinSvd } from "@paramat/layers";
import { leafSum } from "../leaf-sum.js";
import type { Regularizer } from "../regularizer.js";
import type { Selection } from "../selected-leaves.js";
import { asMatrix } from "./as-matrix.js";

/**
 * R(W) = λ Σ σᵢ(W), the nuclear norm ‖W‖_*, which asks for low rank. Its proximal map is U max(Σ − λτ, 0) Vᵀ (Cai, Candès & Shen 2010), differentiated as
 * a constant. A leaf is a matrix of its last axis against all others, neither side above 1024.
 * @throws RangeError unless λ is finite and ≥ 0; TypeError (when applied) if no leaf is selected; NotDifferentiableError (when differentiated) where a
 * singular value is 0, or two coincide
 * @remarks Reads values, and cannot be compiled; `logDetPenalty` can.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { nuclearNorm } from "@paramat/regularizers";
 * const W = ndarray(cpu("float64"), [[3, 0], [0, -1]]);
 * nuclearNorm()(W).item(); // → 4
 * nuclearNorm().prox(W, 1).toNested(); // → [[2, 0], [0, 0]]
 */
export function nuclearNorm(lambda = 1, selection: Selection = {}): Regularizer & Required<Pick<Regularizer, "prox">> {
  return leafSum({
    name: "nuclearNorm",
    lambda,
    selection,
    isSmooth: false,
    readsValues: true,
    valueOf(leaf) {
      const W = asMatrix(leaf);
      const [m, n] = W.shape as readonly [number, number];
      return sum(singularValues(denseMatrix([n], [m]), W));
    },
    proxOf(leaf, t) {
      const { u, sigma, v } = thinSvd(asMatrix(leaf));
      const threshold = amount(t);
      const kept = ndarray(
        leaf.backend,
        sigma.map((s) => Math.max(0, s - threshold)),
      );
      return reshape(matmul(mul(u, kept), v, { transposeB: true }), leaf.shape);
    },
  }) as Regularizer & Required<Pick<Regularizer, "prox">>;
}

function amount(t: ValueLike): number {
  return typeof t === "number" ? t : t.item();
}
