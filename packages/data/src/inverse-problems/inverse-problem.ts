import { DataError } from "@paramat/core";

/** A discretized ill-posed problem A x = b whose solution is known. */
export interface InverseProblem {
  readonly name: string;
  /** Rows and columns. */
  readonly n: number;
  /** A, n × n, row by row. */
  readonly matrix: Float64Array;
  /** x, n numbers. */
  readonly exact: Float64Array;
  /** b, n numbers. */
  readonly data: Float64Array;
}

/** @throws DataError unless n is a whole number ≥ `multiple` that `multiple` divides */
export function requireSize(name: string, n: number, multiple: number): void {
  if (!Number.isInteger(n) || n < multiple || n % multiple !== 0) {
    const right = multiple === 1 ? "a whole number ≥ 1" : `a multiple of ${multiple}, at least ${multiple}`;
    throw new DataError(`${name}: n is ${n}; it must be ${right}`);
  }
}

/** @throws DataError unless value is finite and > 0 */
export function requirePositive(name: string, what: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new DataError(`${name}: ${what} is ${value}; it must be a finite number > 0`);
  }
}

/** The n × n matrix of these entries, row by row; rows and columns are counted from 0. */
export function matrixOf(n: number, entry: (i: number, j: number) => number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n));
}

/** The problem whose data are A x, as the discretization has them. */
export function consistent(name: string, matrix: Float64Array, exact: Float64Array): InverseProblem {
  const n = exact.length;
  const data = exact.map((_, i) => exact.reduce((sum, x, j) => sum + (matrix[i * n + j] as number) * x, 0));
  return { name, n, matrix, exact, data };
}
