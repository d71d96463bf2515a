import type { Boundary } from "@paramat/core";
import type { AxisBasis } from "./axis-bases.js";

/** A basis of one axis in which DᵀD is diagonal, D the k-th difference, and its eigenvalues. */
export interface AxisModes {
  readonly basis: AxisBasis;
  /** Of DᵀD, n of them. */
  readonly eigenvalues: Float64Array;
}

/**
 * The eigenvectors of DᵀD along an axis of n points, D the k-th difference (`differenceTaps`), or null where no fast transform has them.
 * All eigenvalues are (2 sin(φ/2)/h)^{2k} at the angles φ of the basis:
 * - `periodic`: Fourier, φ = 2πj/n, for every order;
 * - `symmetric`: cosines, φ = πj/n, for every order: an even order takes extended cosines to themselves, an odd one to sines at the half points, which
 *   are orthogonal too;
 * - `replicate`: as symmetric for orders 1 and 2, which look one point beyond the ends, where the two agree;
 * - `zero`: sines, φ = π(j + 1)/(n + 1), for order 2 only, the tridiagonal matrix;
 * - `antisymmetric`: sines at half points, φ = π(j + 1)/n, for even orders;
 * - `reflect`: none, since D is not symmetric: cosines cos(πjk/(n − 1)) are its eigenvectors but not orthogonal.
 * Strang, "The discrete cosine transform", SIAM Review 41 (1999).
 */
export function axisModes(n: number, h: number, boundary: Boundary, order: number): AxisModes | null {
  const found = angles(n, boundary, order);
  if (!found) return null;
  const { basis, angleOf } = found;
  return { basis, eigenvalues: Float64Array.from({ length: n }, (_, j) => ((2 * Math.sin(angleOf(j) / 2)) / h) ** (2 * order)) };
}

/** Whether there are modes at all, whatever the size. */
export function hasModes(boundary: Boundary, order: number): boolean {
  return angles(1, boundary, order) !== null;
}

function angles(n: number, boundary: Boundary, order: number): { basis: AxisBasis; angleOf(j: number): number } | null {
  switch (boundary) {
    case "periodic":
      return { basis: "fourier", angleOf: (j) => (2 * Math.PI * j) / n };
    case "symmetric":
      return { basis: "cosine", angleOf: (j) => (Math.PI * j) / n };
    case "replicate":
      return order <= 2 ? { basis: "cosine", angleOf: (j) => (Math.PI * j) / n } : null;
    case "zero":
      return order === 2 ? { basis: "sine", angleOf: (j) => (Math.PI * (j + 1)) / (n + 1) } : null;
    case "antisymmetric":
      return order % 2 === 0 ? { basis: "half sine", angleOf: (j) => (Math.PI * (j + 1)) / n } : null;
    case "reflect":
      return null;
  }
}
