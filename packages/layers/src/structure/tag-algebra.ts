import type { Tag } from "../tag.js";
import { impliedTags } from "./implied-tags.js";

// What is known of a matrix built from others, from what is known of them. Above each set stands why its tags pass.

/** Tags of A + B. */
export function sumTags(a: readonly Tag[], b: readonly Tag[]): readonly Tag[] {
  // Each says that entries are equal, opposite or zero, or lies in a convex cone: all are kept by sums. Orthogonality is not.
  const kept: readonly Tag[] = [
    "diagonal",
    "symmetric",
    "antisymmetric",
    "positiveSemidefinite",
    "lowerTriangular",
    "upperTriangular",
    "banded",
    "toeplitz",
    "hankel",
    "circulant",
    "bccb",
    "mMatrix",
  ];
  return both(a, b, kept);
}

/** Tags of A B. */
export function composeTags(a: readonly Tag[], b: readonly Tag[]): readonly Tag[] {
  // Sums over l of a_il b_lj where i ≥ l ≥ j, i ≤ l ≤ j or i = l = j; (AB)ᵀAB = Bᵀ(AᵀA)B = I; AB shifts with A and B.
  const kept = both(a, b, ["diagonal", "orthogonal", "lowerTriangular", "upperTriangular", "circulant", "bccb"]);
  const found = new Set<Tag>(kept);
  // Diagonal matrices commute, and so do circulants: (AB)ᵀ = BᵀAᵀ = ±BA = ±AB.
  if (kept.includes("diagonal") || kept.includes("circulant")) {
    const sign = symmetrySign(a) * symmetrySign(b);
    if (sign > 0) found.add("symmetric");
    if (sign < 0) found.add("antisymmetric");
    // They also have common eigenvectors, so that eigenvalues ≥ 0 multiply.
    for (const tag of both(a, b, ["positiveSemidefinite"])) found.add(tag);
  }
  return impliedTags([...found]);
}

/** Tags of AᵀA: symmetric, and yᵀAᵀAy = ‖Ay‖² ≥ 0. */
export function gramTags(a: readonly Tag[]): readonly Tag[] {
  return impliedTags(["symmetric", "positiveSemidefinite", ...composeTags(transposeTags(a), a)]);
}

/** Tags of Aᵀ. */
export function transposeTags(a: readonly Tag[]): readonly Tag[] {
  const given = impliedTags(a);
  // Row sums of Aᵀ are column sums of A, which an M-matrix says nothing of unless it is symmetric.
  const kept = given.filter(
    (tag) => !["lowerTriangular", "upperTriangular", "mMatrix"].includes(tag) || (tag === "mMatrix" && given.includes("symmetric")),
  );
  const turned: Tag[] = [];
  if (given.includes("lowerTriangular")) turned.push("upperTriangular");
  if (given.includes("upperTriangular")) turned.push("lowerTriangular");
  return impliedTags([...kept, ...turned]);
}

/** Tags of cA. @param c the factor if it is known; a parameter's sign is not */
export function scaleTags(a: readonly Tag[], c?: number): readonly Tag[] {
  return impliedTags(a).filter((tag) => {
    // Cones are kept by factors ≥ 0, lengths by ±1; zeros and equal entries by any factor.
    if (tag === "positiveSemidefinite" || tag === "mMatrix") return c !== undefined && c >= 0;
    if (tag === "orthogonal") return c === 1 || c === -1;
    return true;
  });
}

/** Tags of A ⊗ B, whose entry (i k, j l) is a_ij b_kl. */
export function kronTags(a: readonly Tag[], b: readonly Tag[]): readonly Tag[] {
  // (A ⊗ B)ᵀ(A ⊗ B) = AᵀA ⊗ BᵀB; eigenvalues are products; (i, k) is before (j, l) if i < j, or i = j and k < l; corners are products of corners.
  const found = new Set<Tag>(
    both(a, b, ["diagonal", "orthogonal", "positiveSemidefinite", "lowerTriangular", "upperTriangular", "banded"]),
  );
  const sign = symmetrySign(a) * symmetrySign(b);
  // (A ⊗ B)ᵀ = Aᵀ ⊗ Bᵀ
  if (sign > 0) found.add("symmetric");
  if (sign < 0) found.add("antisymmetric");
  // Each axis of the grid shifts on its own.
  if (impliedTags(a).includes("circulant") && impliedTags(b).includes("circulant")) found.add("bccb");
  return impliedTags([...found]);
}

/** Tags of a matrix of blocks, row by row; null is a block of zeros. Blocks on the diagonal are taken to be square. */
export function blockTags(blocks: readonly (readonly (readonly Tag[] | null)[])[]): readonly Tag[] {
  const n = blocks.length;
  const diagonal = blocks.map((row, i) => row[i] ?? null);
  if (n === 0 || blocks.some((row) => row.length !== n) || diagonal.some((block) => block === null)) return [];
  if (n === 1) return impliedTags(diagonal[0] ?? []);
  const zero = (where: (i: number, j: number) => boolean) =>
    blocks.every((row, i) => row.every((block, j) => !where(i, j) || block === null));
  const common = (tags: readonly Tag[]) => tags.filter((tag) => diagonal.every((block) => impliedTags(block ?? []).includes(tag)));
  const found: Tag[] = [];
  // Off the diagonal all is zero: what holds of every block holds of all, and the corners are zero.
  if (zero((i, j) => i !== j)) {
    found.push("banded");
    found.push(...common(["diagonal", "symmetric", "antisymmetric", "positiveSemidefinite", "orthogonal", "mMatrix"]));
  }
  // Entries above the diagonal lie in blocks above it, which are zero, or above the diagonal of a block on it.
  if (zero((i, j) => i < j)) found.push(...common(["lowerTriangular"]));
  if (zero((i, j) => i > j)) found.push(...common(["upperTriangular"]));
  return impliedTags(found);
}

/** Those of `among` that both have. */
function both(a: readonly Tag[], b: readonly Tag[], among: readonly Tag[]): readonly Tag[] {
  const [left, right] = [impliedTags(a), impliedTags(b)];
  return impliedTags(among.filter((tag) => left.includes(tag) && right.includes(tag)));
}

/** 1 for Aᵀ = A, −1 for Aᵀ = −A, 0 where neither is known. */
function symmetrySign(tags: readonly Tag[]): number {
  const known = impliedTags(tags);
  return known.includes("symmetric") ? 1 : known.includes("antisymmetric") ? -1 : 0;
}
