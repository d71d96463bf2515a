import type { Shape, Value } from "@paramat/core";
import { plus } from "../operator/algebra/plus.js";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { diagonalMatrix } from "./diagonal-matrix.js";
import { type LowRankTheta, lowRank } from "./low-rank.js";

/**
 * K(d, U, Vᵀ) = diag(d) + U Vᵀ: n + 2rn parameters.
 * @param shape of one example and one result; n is its number of entries
 * @param rank r
 * @throws ShapeError unless 1 ≤ r ≤ n
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { diagonalPlusLowRank, toDense } from "@paramat/layers";
 * const [d, U, VT] = [ndarray(cpu(), [10, 20]), ndarray(cpu(), [[1], [2]]), ndarray(cpu(), [[3, 4]])];
 * toDense(diagonalPlusLowRank([2], 1), [d, [U, VT]]).toNested(); // → [[13, 4], [6, 28]]
 */
export function diagonalPlusLowRank(shape: Shape, rank: number): ParametricOperator<readonly [d: Value, factors: LowRankTheta]> {
  return { ...plus(diagonalMatrix(shape), lowRank(shape, shape, rank)), name: "diagonalPlusLowRank" };
}
