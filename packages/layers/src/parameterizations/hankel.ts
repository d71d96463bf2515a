import { flip } from "@paramat/core";
import { checkedContractions } from "../plugin/checked-contractions.js";
import { type ExplicitParameterization, matrixEntries } from "../plugin/matrix-entries.js";
import { toeplitz } from "./toeplitz.js";
import { requireMatrixSize } from "./vector-shape.js";

/**
 * A Hankel matrix, constant along antidiagonals: K[i, j] = θ[i + j]. θ is the first row, then the rest of the last column;
 * K = [θ₁ θ₂ θ₃; θ₂ θ₃ θ₄] for m = 2, n = 3. p = m + n − 1. Symmetric if m = n.
 * @param m rows
 * @param n columns, as many as rows if left out
 * @throws ShapeError if a size is not a positive integer
 * @remarks K(θ) y is the Toeplitz matrix of the same θ times y read backwards; the cost is that of `toeplitz`.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { hankel, toDense } from "@paramat/layers";
 * toDense(hankel(2, 3), ndarray(cpu(), [1, 2, 3, 4])).toNested(); // → [[1, 2, 3], [2, 3, 4]]
 */
export function hankel(m: number, n: number = m): ExplicitParameterization {
  requireMatrixSize("hankel", m, n);
  const T = toeplitz(m, n);
  const { thetaShape, inShape, outShape, numParams, init, paths } = T;
  const shapes = { name: "hankel", thetaShape, inShape, outShape };
  return {
    ...shapes,
    numParams,
    tags: m === n ? ["hankel", "symmetric"] : ["hankel"],
    // Column j of K is column n−1−j of T: θ[i − (n−1−j) + n−1] = θ[i + j].
    ...checkedContractions({
      ...shapes,
      apply: (theta, y) => T.apply(theta, flip(y, 1)),
      applyTranspose: (theta, z) => flip(T.applyTranspose(theta, z), 1),
      jacobianTranspose: (y, z) => T.jacobianTranspose(flip(y, 1), z),
    }),
    init,
    ...(paths && { paths }),
    entries() {
      const rows = Array.from({ length: m }, (_, i) => i);
      const cols = Array.from({ length: n }, (_, j) => j);
      return matrixEntries(
        "hankel",
        m,
        n,
        numParams,
        rows.flatMap((i) => cols.map((j) => [i, j, [[i + j, 1]]] as const)),
      );
    },
  };
}
