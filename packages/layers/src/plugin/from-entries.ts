import { type Shape, ShapeError } from "@paramat/core";
import type { Declared } from "./declared.js";
import { type EntryTerms, type ExplicitParameterization, type MatrixEntry, matrixEntries } from "./matrix-entries.js";
import { patternParameterization } from "./pattern-parameterization.js";

/** The coefficient of each parameter by its index, and what is added whatever θ is: `{ 0: 1, 1: 1 }` is θ₀ + θ₁. */
export type EntryFormula = EntryTerms | { readonly [param: number]: number; readonly constant?: number };

export interface EntriesDefinition extends Declared {
  /** For errors and summaries. Default "fromEntries". */
  readonly name?: string;
  /** m. */
  readonly rows: number;
  /** n. */
  readonly cols: number;
  /** p. */
  readonly numParams: number;
  /** The entries that are not 0 for every θ: a list, or a function of row and column that is asked once for each and gives null where K is 0. */
  readonly entries: Iterable<MatrixEntry> | ((i: number, j: number) => EntryFormula | null);
  /** Shape of one example, n entries in all. Default [cols]. */
  readonly inShape?: Shape;
  /** Shape of one result, m entries in all. Default [rows]. */
  readonly outShape?: Shape;
  /** Shape of θ, p entries in all. Default [numParams]. */
  readonly thetaShape?: Shape;
}

/**
 * The parameterization with K[i, j] = Σₖ coefficientₖ · θ[paramₖ] + constant, from its entries (rows, columns and parameters counted from 0).
 * The contractions, the exact Q and the initial θ follow; nothing of size m·n is formed unless a third of the matrix is listed.
 * @throws ShapeError if sizes are not positive, an entry or a parameter is outside, two entries stand at one place, or a shape does not fit
 * @throws NotLinearError if a coefficient is not a finite number
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { fromEntries } from "@paramat/layers";
 * const rotation = fromEntries({ rows: 2, cols: 2, numParams: 2, entries: [[0, 0, [[0, 1]]], [1, 1, [[0, 1]]], [0, 1, [[1, -1]]], [1, 0, [[1, 1]]]] });
 * const backend = cpu();
 * rotation.apply(ndarray(backend, [3, 4]), ndarray(backend, [[1, 10]])).toNested(); // → [[-37, 34]]
 */
export function fromEntries(definition: EntriesDefinition): ExplicitParameterization {
  const { rows, cols, numParams, entries, name = "fromEntries", ...options } = definition;
  if (![rows, cols].every((n) => Number.isInteger(n) && n > 0)) {
    throw new ShapeError(`${name}: a matrix of ${rows} × ${cols}; both numbers must be positive integers`);
  }
  if (!Number.isInteger(numParams) || numParams < 0) throw new ShapeError(`${name}: numParams is ${numParams}; it must be an integer ≥ 0`);
  const list = typeof entries === "function" ? everywhere(rows, cols, entries) : entries;
  return patternParameterization(matrixEntries(name, rows, cols, numParams, list), { name, ...options });
}

function* everywhere(rows: number, cols: number, entry: (i: number, j: number) => EntryFormula | null): Iterable<MatrixEntry> {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const formula = entry(i, j);
      if (formula === null) continue;
      if (Array.isArray(formula)) yield [i, j, formula as EntryTerms];
      else {
        const { constant = 0, ...coefficients } = formula as Exclude<EntryFormula, EntryTerms>;
        yield [i, j, Object.entries(coefficients).map(([param, value]) => [Number(param), value] as const), constant];
      }
    }
  }
}
