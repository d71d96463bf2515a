/**
 * What is known of K(θ) for every θ that meets the constraint, whatever its values. A tag is a claim: the laws verify it, and algebra passes it on.
 * `mMatrix`: off-diagonal entries ≤ 0 and row sums ≥ 0; `bccb`: block circulant with circulant blocks (periodic in every axis of the grid).
 */
export const tags = [
  "diagonal",
  "symmetric",
  "antisymmetric",
  "positiveSemidefinite",
  "orthogonal",
  "lowerTriangular",
  "upperTriangular",
  "banded",
  "toeplitz",
  "hankel",
  "circulant",
  "bccb",
  "mMatrix",
] as const;

export type Tag = (typeof tags)[number];
