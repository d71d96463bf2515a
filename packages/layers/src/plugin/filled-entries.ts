import type { MatrixEntries } from "./matrix-entries.js";
import { isDensePattern } from "./pattern-product.js";

/**
 * The same matrix with all of its m·n entries listed, where it is to be multiplied as a dense one anyway: then parameters go to their places at once,
 * and not to a list of entries first. Sparse matrices stay as they are.
 */
export function filledEntries(entries: MatrixEntries): MatrixEntries {
  const { pattern, coefficients, constant } = entries;
  const { numRows, numCols } = pattern;
  const size = numRows * numCols;
  if (!isDensePattern(pattern) || pattern.rows.length === size) return entries;
  const places = pattern.rows.map((row, k) => row * numCols + (pattern.cols[k] as number));
  return {
    pattern: {
      numRows,
      numCols,
      rows: Int32Array.from({ length: size }, (_, at) => Math.floor(at / numCols)),
      cols: Int32Array.from({ length: size }, (_, at) => at % numCols),
    },
    coefficients: {
      values: coefficients.values,
      pattern: { ...coefficients.pattern, numRows: size, rows: coefficients.pattern.rows.map((k) => places[k] as number) },
    },
    ...(constant && { constant: spread(constant, places, size) }),
  };
}

function spread(values: Float64Array, places: Int32Array, size: number): Float64Array {
  const all = new Float64Array(size);
  places.forEach((place, k) => {
    all[place] = values[k] as number;
  });
  return all;
}
