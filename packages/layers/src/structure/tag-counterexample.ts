import type { Tag } from "../tag.js";
import { type Demand, demandsOf, type PlainMatrix } from "./tag-demands.js";

/** An entry that shows that a matrix is not what a tag claims. */
export interface TagCounterexample {
  /** By how much the claim fails, relative to the largest entry. */
  readonly error: number;
  readonly words: string;
}

/** The entry at which the matrix fails a tag's claim by most; null if the claim holds to 100 max(m, n) roundings of the largest entry. */
export function findCounterexample(tag: Tag, matrix: PlainMatrix, epsilon: number): TagCounterexample | null {
  const { rows, cols, entries } = matrix;
  if (rows !== cols && !["lowerTriangular", "upperTriangular", "banded", "toeplitz", "hankel", "bccb"].includes(tag)) {
    return { error: 1, words: `K is ${rows} × ${cols}, and only a square matrix can be ${tag}` };
  }
  // The zero matrix meets every equation between entries.
  const scale = entries.reduce((m, x) => Math.max(m, Math.abs(x)), 0) || 1;
  let error = 100 * Math.max(rows, cols) * epsilon;
  let worst: Demand | null = null;
  for (const demand of demandsOf(tag, matrix)) {
    const off = violation(demand) / scale;
    if (off <= error) continue;
    worst = demand;
    error = off;
  }
  if (!worst) return null;
  const { what, found, relation, wanted, because } = worst;
  const reason = because ? `${because} = ${wanted}` : `${wanted}`;
  return { error, words: `${what} = ${found}, which must be ${relation === "=" ? "" : `${relation} `}${reason}` };
}

/** How far a demand is from being met; infinite for NaN. */
function violation({ found, relation, wanted }: Demand): number {
  const off = found - wanted;
  if (off !== off) return Number.POSITIVE_INFINITY;
  return relation === "=" ? Math.abs(off) : relation === "≥" ? -off : off;
}
