import type { Tag } from "../tag.js";

// Each claim on the left holds those on the right in itself.
const implications: Readonly<Partial<Record<Tag, readonly Tag[]>>> = {
  // Nothing off the diagonal.
  diagonal: ["symmetric", "lowerTriangular", "upperTriangular", "banded"],
  // As the laws check it, K = Kᵀ and yᵀKy ≥ 0.
  positiveSemidefinite: ["symmetric"],
  // K_ij depends on (i − j) mod n, so on i − j.
  circulant: ["toeplitz"],
};

/** The tags and all that follow from them, in the order of `tags`: diagonal ⇒ symmetric, lower and upper triangular; both triangular ⇒ diagonal; … */
export function impliedTags(given: readonly Tag[]): readonly Tag[] {
  const found = new Set<Tag>(given);
  // Entries both on or above and on or below the diagonal are on it.
  if (found.has("lowerTriangular") && found.has("upperTriangular")) found.add("diagonal");
  if (found.has("symmetric") && (found.has("lowerTriangular") || found.has("upperTriangular"))) found.add("diagonal");
  for (const tag of [...found]) for (const implied of implications[tag] ?? []) found.add(implied);
  return [...found];
}
