import type { Backend } from "@paramat/backends";
import { ndarray, type Value } from "@paramat/core";

/** A complex matrix of plain numbers, row-major: the decompositions below run on the host in float64, whatever the backend. */
export interface ComplexMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** Whether `im` is all zeros, so that real arithmetic does. */
  readonly isReal: boolean;
}

export function zeroMatrix(rows: number, cols: number, isReal = true): ComplexMatrix {
  return { rows, cols, re: new Float64Array(rows * cols), im: new Float64Array(rows * cols), isReal };
}

/** The numbers of [2, F, m, n] as F matrices. @throws BackendError where the backend cannot be read without waiting */
export function readMatrices(blocks: Value): ComplexMatrix[] {
  const [, count, rows, cols] = blocks.shape as readonly [number, number, number, number];
  const numbers = Float64Array.from(blocks.toArray());
  const size = rows * cols;
  return Array.from({ length: count }, (_, f) => {
    const im = numbers.slice((count + f) * size, (count + f + 1) * size);
    return { rows, cols, re: numbers.slice(f * size, (f + 1) * size), im, isReal: im.every((x) => x === 0) };
  });
}

/** F matrices of one size as an array [2, F, m, n]. */
export function writeMatrices(backend: Backend, matrices: readonly ComplexMatrix[], rows: number, cols: number): Value {
  const size = rows * cols;
  const numbers = new Float64Array(2 * matrices.length * size);
  matrices.forEach((a, f) => {
    numbers.set(a.re, f * size);
    numbers.set(a.im, (matrices.length + f) * size);
  });
  return ndarray(backend, numbers, [2, matrices.length, rows, cols]);
}

/** aᴴ. */
export function adjointMatrix(a: ComplexMatrix): ComplexMatrix {
  const result = zeroMatrix(a.cols, a.rows, a.isReal);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      result.re[j * a.rows + i] = a.re[i * a.cols + j] as number;
      result.im[j * a.rows + i] = -(a.im[i * a.cols + j] as number);
    }
  }
  return result;
}

/** The largest modulus among the entries; NaN if one is NaN. */
export function largestEntry(a: ComplexMatrix): number {
  let largest = 0;
  for (let i = 0; i < a.re.length; i++) {
    const size = Math.hypot(a.re[i] as number, a.im[i] as number);
    if (!(size <= largest)) largest = size;
    if (size !== size) return Number.NaN;
  }
  return largest;
}
