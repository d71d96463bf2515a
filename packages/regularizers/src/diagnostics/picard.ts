import { matmul, reshape, ShapeError, showShape, type Value } from "@paramat/core";
import { thinSvd } from "@paramat/layers";
import { requireFinite } from "../require-finite.js";
import { shown, textTable } from "./text-table.js";

/** One term of the solution Σ (uᵢᵀc/σᵢ) vᵢ. */
export interface PicardTerm {
  readonly sigma: number;
  /** |uᵢᵀc|; the length of uᵢᵀC for several right-hand sides. */
  readonly coefficient: number;
  /** Their quotient, the size of the term; NaN where σ is 0. */
  readonly quotient: number;
}

export interface PicardData {
  readonly terms: readonly PicardTerm[];
  toString(): string;
}

/**
 * What a Picard plot shows of min ‖Z w − c‖: σᵢ, |uᵢᵀc| and their quotients, from the singular value decomposition Z = UΣVᵀ. Where |uᵢᵀc| level off
 * at the noise while σᵢ go on falling, the quotients rise, and the solution is noise: λ must cut them off (Hansen 2010, 3.3, the discrete Picard condition).
 * @param Z [examples, …features]
 * @param c [examples], or [examples, classes]
 * @throws ShapeError if Z has fewer than two axes, or c other examples; DataError where one has NaN or ∞; BackendError where the backend cannot be read without waiting
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { picard } from "@paramat/regularizers";
 * const backend = cpu("float64");
 * picard(ndarray(backend, [[2, 0], [0, 0.5]]), ndarray(backend, [3, -1])).terms.map(({ quotient }) => quotient); // → [1.5, 2]
 */
export function picard(Z: Value, c: Value): PicardData {
  const rows = Z.shape[0] ?? 0;
  if (Z.shape.length < 2 || Z.size === 0 || c.shape[0] !== rows || c.shape.length > 2) {
    throw new ShapeError(
      `picard: Z has shape ${showShape(Z.shape)}, c ${showShape(c.shape)}; they must be [examples, …features], with entries, and [examples] or [examples, classes]`,
    );
  }
  requireFinite("picard", "Z", Z);
  requireFinite("picard", "c", c);
  const { u, sigma } = thinSvd(reshape(Z, [rows, Z.size / rows]));
  const classes = c.size / rows;
  const shares = matmul(u, reshape(c, [rows, classes]), { transposeA: true }).toArray();
  const terms = Array.from(sigma, (s, i): PicardTerm => {
    const coefficient = Math.hypot(...shares.subarray(i * classes, (i + 1) * classes));
    return { sigma: s, coefficient, quotient: s === 0 ? Number.NaN : coefficient / s };
  });
  const cells = (term: PicardTerm, i: number) => [`${i + 1}`, shown(term.sigma), shown(term.coefficient), shown(term.quotient)];
  return { terms, toString: () => textTable(["i", "σ", "|uᵀc|", "|uᵀc|/σ"], terms.map(cells)) };
}
