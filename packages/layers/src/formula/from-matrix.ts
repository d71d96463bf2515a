import { NotLinearError, type Shape, ShapeError } from "@paramat/core";
import type { Declared } from "../plugin/declared.js";
import { type ExplicitParameterization, type MatrixEntry, matrixEntries } from "../plugin/matrix-entries.js";
import { patternParameterization } from "../plugin/pattern-parameterization.js";
import { affineForm } from "./affine-form.js";
import { naturalOrder, parseFormula } from "./parse-formula.js";

export interface MatrixOptions extends Declared {
  /** For errors and summaries. Default "fromMatrix". */
  readonly name?: string;
  /** The parameters in the order of θ; if left out, every symbol of the formulas, t2 before t10. One that no formula reads stays, unused. */
  readonly parameters?: readonly string[];
  /** Shape of one example, n entries in all. Default [n]. */
  readonly inShape?: Shape;
  /** Shape of one result, m entries in all. Default [m]. */
  readonly outShape?: Shape;
}

/**
 * The parameterization whose matrix is written as formulas in the parameters: mathjs parses each entry, Q is derived symbolically and exactly. An entry
 * may have a constant part (then K(θ) = A₀ + mat(Qθ)); entries are counted from 0.
 * @param formulas rows of entries, each a formula or a number; "0" where K is 0
 * @throws NotLinearError naming the entry that is not linear in the parameters
 * @throws SyntaxError naming the entry that does not parse or has an unknown symbol
 * @throws ShapeError if there are no entries, or rows differ in length
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { toDense } from "@paramat/layers";
 * import { fromMatrix } from "@paramat/layers/formula";
 * const K = fromMatrix([["t1 + t2", "-t1", "-t2"], ["-t3", "t3 + t4", "-t4"], ["-t5", "-t6", "t5 + t6"]], { name: "mMatrix3" });
 * toDense(K, ndarray(cpu(), [1, 2, 3, 4, 5, 6])).toNested(); // → [[3, -1, -2], [-3, 7, -4], [-5, -6, 11]]
 */
export function fromMatrix(formulas: readonly (readonly (string | number)[])[], options: MatrixOptions = {}): ExplicitParameterization {
  const { name = "fromMatrix", parameters, ...rest } = options;
  const n = formulas[0]?.length ?? 0;
  if (n === 0) throw new ShapeError(`${name}: the matrix has no entries; give at least one row with one formula`);
  formulas.forEach((row, i) => {
    if (row.length !== n)
      throw new ShapeError(`${name}: row 0 has ${n} entries, row ${i} has ${row.length}; all rows must have the same number`);
  });
  const parsed = formulas.map((row, i) => row.map((text, j) => parseFormula(`${name}: entry (${i}, ${j})`, String(text))));
  const names = parameters ?? [...new Set(parsed.flatMap((row) => row.flatMap((entry) => entry.variables)))].sort(naturalOrder);
  const twice = names.find((symbol, k) => names.indexOf(symbol) !== k);
  if (twice !== undefined)
    throw new ShapeError(`${name}: the parameter ${twice} is listed twice in ${names.join(", ")}; each has one place in θ`);
  const entries = parsed.flatMap((row, i) =>
    row.flatMap((entry, j): MatrixEntry[] => {
      const form = affineForm(entry.toExpr(names), names);
      if ("reason" in form) {
        throw new NotLinearError(
          `${name}: entry (${i}, ${j}) "${formulas[i]?.[j]}" is not linear in ${names.join(", ")}: ${form.reason}; write sums of constant · parameter`,
        );
      }
      return form.coefficients.size === 0 && form.constant === 0 ? [] : [[i, j, [...form.coefficients], form.constant]];
    }),
  );
  const found = matrixEntries(name, formulas.length, n, names.length, entries);
  return patternParameterization({ ...found, parameterNames: names }, { name, ...rest });
}
