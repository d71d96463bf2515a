import { cpu } from "@paramat/backends";
import { ndarray, type Rng, rng, sizeOf, type Tree, type Value } from "@paramat/core";
import type { ParametricOperator } from "../../src/operator/parametric-operator.js";

export const backend = cpu("float64");

export function random(seed: number | Rng, shape: readonly number[]): Value {
  const stream = typeof seed === "number" ? rng(seed) : seed;
  return ndarray(
    backend,
    Float64Array.from({ length: sizeOf(shape) }, () => stream.normal()),
    shape,
  );
}

/** K(θ) as rows of numbers, one unit vector after the other. */
export function matrixOf<Theta extends Tree>(K: ParametricOperator<Theta>, theta: Theta): number[][] {
  const [m, n] = [sizeOf(K.outShape), sizeOf(K.inShape)];
  const rows = Array.from({ length: m }, () => new Array<number>(n).fill(0));
  for (let j = 0; j < n; j++) {
    const unit = new Float64Array(n);
    unit[j] = 1;
    const column = K.apply(theta, ndarray(backend, unit, [1, ...K.inShape])).toArray();
    rows.forEach((row, i) => {
      row[j] = column[i] as number;
    });
  }
  return rows;
}

/** The determinant by Gaussian elimination with pivoting, the textbook way. */
export function determinant(rows: readonly (readonly number[])[]): number {
  const a = rows.map((row) => [...row]);
  let result = 1;
  for (let k = 0; k < a.length; k++) {
    const pivot = a
      .slice(k)
      .reduce((best, row, i) => (Math.abs(row[k] as number) > Math.abs((a[best] as number[])[k] as number) ? k + i : best), k);
    if (pivot !== k) {
      [a[pivot], a[k]] = [a[k] as number[], a[pivot] as number[]];
      result = -result;
    }
    const top = a[k] as number[];
    result *= top[k] as number;
    if (result === 0) return 0;
    for (const row of a.slice(k + 1)) {
      const factor = (row[k] as number) / (top[k] as number);
      for (let j = k; j < a.length; j++) row[j] = (row[j] as number) - factor * (top[j] as number);
    }
  }
  return result;
}

export function times(a: readonly (readonly number[])[], x: ArrayLike<number>): number[] {
  return a.map((row) => row.reduce((s, v, j) => s + v * (x[j] as number), 0));
}

export function transposed(a: readonly (readonly number[])[]): number[][] {
  return (a[0] as readonly number[]).map((_, j) => a.map((row) => row[j] as number));
}
