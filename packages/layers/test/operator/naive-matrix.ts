/** A matrix of plain numbers, row by row, for oracles: each product is the sum of its definition. */
export type Matrix = readonly (readonly number[])[];

export function matrix(rows: number, cols: number, entry: (i: number, j: number) => number): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_, j) => entry(i, j)));
}

export function identity(n: number): number[][] {
  return matrix(n, n, (i, j) => (i === j ? 1 : 0));
}

export function at(A: Matrix, i: number, j: number): number {
  return (A[i] as readonly number[])[j] as number;
}

export function multiply(A: Matrix, B: Matrix): number[][] {
  return matrix(A.length, B[0]?.length ?? 0, (i, j) => (A[i] as readonly number[]).reduce((s, a, k) => s + a * at(B, k, j), 0));
}

export function sumOf(A: Matrix, B: Matrix): number[][] {
  return matrix(A.length, A[0]?.length ?? 0, (i, j) => at(A, i, j) + at(B, i, j));
}

export function transposed(A: Matrix): number[][] {
  return matrix(A[0]?.length ?? 0, A.length, (i, j) => at(A, j, i));
}

/** A ⊗ B: block (i, j) is A_ij B. */
export function kron(A: Matrix, B: Matrix): number[][] {
  const [m, n] = [B.length, B[0]?.length ?? 0];
  return matrix(A.length * m, (A[0]?.length ?? 0) * n, (i, j) => at(A, Math.floor(i / m), Math.floor(j / n)) * at(B, i % m, j % n));
}

/** The map of row-major arrays that acts by one matrix along each axis. */
export function alongAll(matrices: readonly Matrix[]): number[] {
  return matrices.reduce((A, B) => kron(A, B), identity(1)).flat();
}
