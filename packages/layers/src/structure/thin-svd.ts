import { ndarray, requireReadable, ShapeError, showShape, type Value } from "@paramat/core";
import { jacobiSvd } from "./numeric/jacobi-svd.js";

/** A = U diag(σ) Vᵀ with k = min(m, n). */
export interface ThinSvd {
  /** [m, k]; a column whose σ is 0 is 0. */
  readonly u: Value;
  /** k numbers ≥ 0, descending. */
  readonly sigma: Float64Array;
  /** [n, k]. */
  readonly v: Value;
}

/**
 * The singular value decomposition of a real matrix, on the host in float64 by one-sided Jacobi rotations, small singular values to high relative
 * accuracy; no derivative (`singularValues` has one). About 8 max(m, n) min(m, n)² multiplications for each sweep: seconds at 500 × 500.
 * @param A [m, n]
 * @throws ShapeError unless A has two axes; BackendError where its backend cannot be read without waiting
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { thinSvd } from "@paramat/layers";
 * Array.from(thinSvd(ndarray(cpu("float64"), [[0, 2], [3, 0], [0, 0]])).sigma); // → [3, 2]
 */
export function thinSvd(A: Value): ThinSvd {
  if (A.shape.length !== 2) throw new ShapeError(`thinSvd: A has shape ${showShape(A.shape)}; it must be a matrix, [m, n]`);
  requireReadable("thinSvd", A.backend, "A");
  const [m, n] = A.shape as readonly [number, number];
  const k = Math.min(m, n);
  const { u, sigma, v } = jacobiSvd({ rows: m, cols: n, re: A.toArray(), im: new Float64Array(m * n), isReal: true });
  return { u: ndarray(A.backend, u.re, [m, k]), sigma, v: ndarray(A.backend, v.re, [n, k]) };
}
