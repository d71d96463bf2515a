import { rng } from "@paramat/core";

/** Rows of numbers. */
export type Rows = readonly (readonly number[])[];

export function product(A: Rows, x: readonly number[]): number[] {
  return A.map((row) => row.reduce((sum, a, j) => sum + a * x[j]!, 0));
}

/** AᵀB. */
export function gram(A: Rows, B: Rows): number[][] {
  return A[0]!.map((_, i) => B[0]!.map((__, j) => A.reduce((sum, row, k) => sum + row[i]! * B[k]![j]!, 0)));
}

/** Gaussian elimination with the largest pivot of each column. */
export function solveSquare(A: Rows, b: readonly number[]): number[] {
  const n = A.length;
  const rows = A.map((row, i) => [...row, b[i]!]);
  for (let k = 0; k < n; k++) {
    const pivot = rows.reduce((best, row, i) => (i > k && Math.abs(row[k]!) > Math.abs(rows[best]![k]!) ? i : best), k);
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i]![k]! / rows[k]![k]!;
      rows[i] = rows[i]!.map((x, j) => x - factor * rows[k]![j]!);
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--)
    x[i] = (rows[i]![n]! - rows[i]!.slice(i + 1, n).reduce((sum, a, j) => sum + a * x[i + 1 + j]!, 0)) / rows[i]![i]!;
  return x;
}

/** (AᵀA + λLᵀL)⁻¹ Aᵀb. */
export function slowTikhonov(A: Rows, L: Rows, b: readonly number[], lambda: number): number[] {
  const [AA, LL] = [gram(A, A), gram(L, L)];
  const right = gram(
    A,
    b.map((x) => [x]),
  ).map(([x]) => x!);
  return solveSquare(
    AA.map((row, i) => row.map((x, j) => x + lambda * LL[i]![j]!)),
    right,
  );
}

export function size(x: readonly number[]): number {
  return Math.hypot(...x);
}

export function minus(x: readonly number[], y: readonly number[]): number[] {
  return x.map((xi, i) => xi - y[i]!);
}

/** A (AᵀA + λLᵀL)⁻¹ Aᵀ, column by column. */
export function influence(A: Rows, L: Rows, lambda: number): number[][] {
  const columns = A.map((_, j) =>
    product(
      A,
      slowTikhonov(
        A,
        L,
        A.map((__, i) => (i === j ? 1 : 0)),
        lambda,
      ),
    ),
  );
  return A.map((_, i) => columns.map((column) => column[i]!));
}

export function identity(n: number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)));
}

/** The k-th differences of n numbers, n − k rows. */
export function differences(n: number, order: 1 | 2): number[][] {
  const taps = order === 1 ? [-1, 1] : [1, -2, 1];
  return Array.from({ length: n - order }, (_, i) => Array.from({ length: n }, (__, j) => taps[j - i] ?? 0));
}

/** A smoothing kernel on n points whose singular values fall exponentially, symmetric. */
export function blur(n: number, depth = 0.15): number[][] {
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => depth ** 2 / n / (depth ** 2 + ((i - j) / n) ** 2) ** 1.5),
  );
}

/** A smooth x blurred, with noise of a share of ‖Ax‖. */
export function blurred(n: number, noise: number, seed: number): { A: number[][]; x: number[]; b: number[]; noiseNorm: number } {
  const A = blur(n);
  const x = Array.from({ length: n }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / n) + 0.5 * Math.sin((2 * Math.PI * (i + 0.5)) / n));
  const clean = product(A, x);
  const stream = rng(seed);
  const e = clean.map(() => stream.normal());
  const noiseNorm = noise * size(clean);
  return { A, x, b: clean.map((c, i) => c + (noiseNorm / size(e)) * e[i]!), noiseNorm };
}
