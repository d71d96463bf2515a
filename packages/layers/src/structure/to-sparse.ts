import { requireReadable, reshape, sizeOf, type Value } from "@paramat/core";
import { create, type Matrix, SparseMatrixDependencies } from "mathjs";
import type { Parameterization } from "../parameterization.js";
import { entryValues } from "../plugin/entry-values.js";
import { hasEntries, type MatrixEntries } from "../plugin/matrix-entries.js";
import { toDense } from "./to-dense.js";

/** How mathjs stores a sparse matrix: column j holds `values` and row `index` from ptr[j] up to ptr[j + 1]. */
interface CompressedColumns {
  readonly values: number[];
  readonly index: number[];
  readonly ptr: number[];
  readonly size: [number, number];
}

// mathjs's types leave out the class that this object carries.
const math = create(SparseMatrixDependencies ?? {}) as unknown as { readonly SparseMatrix: new (data: CompressedColumns) => Matrix };

/**
 * K(θ) as a mathjs SparseMatrix, m × n, of its numbers without derivatives; for mathjs's own functions and for writing to a file. Where K can say its
 * entries nothing of size m·n is formed; else the dense matrix is made and its zeros left out.
 * Entries of the pattern stay stored where they are 0.
 * @throws BackendError where the backend cannot be read without waiting
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { bandedMatrix } from "@paramat/layers";
 * import { toSparse } from "@paramat/layers/mathjs";
 * toSparse(bandedMatrix(2, { lower: 1, upper: 0 }), ndarray(cpu(), [1, 2, 3])).toArray(); // → [[1, 0], [2, 3]]
 */
export function toSparse(K: Parameterization, theta: Value): Matrix {
  requireReadable("toSparse", theta.backend, "theta");
  const [m, n] = [sizeOf(K.outShape), sizeOf(K.inShape)];
  const columns = Array.from({ length: n }, (): [row: number, value: number][] => []);
  for (const [i, j, value] of hasEntries(K) ? listed(K.entries(), theta) : nonZero(toDense(K, theta).toArray(), n))
    columns[j]?.push([i, value]);
  const ptr = [0];
  for (const column of columns) ptr.push((ptr.at(-1) as number) + column.length);
  const entries = columns.flat();
  return new math.SparseMatrix({ values: entries.map(([, value]) => value), index: entries.map(([row]) => row), ptr, size: [m, n] });
}

type Triplet = [row: number, col: number, value: number];

function listed(entries: MatrixEntries, theta: Value): Triplet[] {
  const { rows, cols } = entries.pattern;
  const values = entryValues(entries)
    .apply(reshape(theta, [theta.size]))
    .toArray();
  return Array.from(values, (value: number, k): Triplet => [rows[k] as number, cols[k] as number, value + (entries.constant?.[k] ?? 0)]);
}

function nonZero(matrix: ArrayLike<number>, n: number): Triplet[] {
  return Array.from(matrix, (value, k): Triplet => [Math.floor(k / n), k % n, value]).filter(([, , value]) => value !== 0);
}
