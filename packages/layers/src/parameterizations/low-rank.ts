import { type Shape, ShapeError, showShape, sizeOf, type Value } from "@paramat/core";
import { product } from "../operator/algebra/product.js";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { denseMatrix } from "./dense-matrix.js";

/** The factors of K = U Vᵀ: U ∈ R^{m×r} and Vᵀ ∈ R^{r×n}. */
export type LowRankTheta = readonly [U: Value, VT: Value];

/**
 * A matrix of rank at most r, K(U, Vᵀ) = U Vᵀ, as the product of two dense ones: r(m + n) parameters instead of m·n, and never formed. Linear in each
 * factor. Several axes are taken as one, row-major.
 * @param inShape of one example; n is its number of entries
 * @param outShape of one result; m is its number of entries
 * @param rank r
 * @throws ShapeError unless 1 ≤ r ≤ min(m, n)
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { lowRank, toDense } from "@paramat/layers";
 * const [U, VT] = [ndarray(cpu(), [[1], [2]]), ndarray(cpu(), [[3, 4, 5]])];
 * toDense(lowRank([3], [2], 1), [U, VT]).toNested(); // → [[3, 4, 5], [6, 8, 10]]
 */
export function lowRank(inShape: Shape, outShape: Shape, rank: number): ParametricOperator<LowRankTheta> {
  const largest = Math.min(sizeOf(inShape), sizeOf(outShape));
  if (!(Number.isInteger(rank) && rank >= 1 && rank <= largest)) {
    throw new ShapeError(
      `lowRank: rank ${rank} from ${showShape(inShape)} to ${showShape(outShape)}; it must be an integer in 1 … ${largest}, the smaller number of entries`,
    );
  }
  return { ...product([denseMatrix([rank], outShape), denseMatrix(inShape, [rank])]), name: "lowRank" };
}
