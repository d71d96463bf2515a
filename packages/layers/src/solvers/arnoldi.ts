/** The least-squares problem min ‖β e₁ − H y‖ of Arnoldi's Hessenberg matrix, of one example, kept triangular by rotations as columns come. */
export interface Arnoldi {
  /** Columns of the triangular factor. */
  readonly columns: Float64Array[];
  readonly cosines: number[];
  readonly sines: number[];
  /** β e₁ under the rotations; its last entry is the residual. */
  readonly right: number[];
  residual: number;
}

export function arnoldi(beta: number): Arnoldi {
  return { columns: [], cosines: [], sines: [], right: [beta], residual: beta };
}

/** Takes column k of H, entries 0 … k + 1. */
export function extendArnoldi(f: Arnoldi, column: Float64Array): void {
  const k = f.columns.length;
  for (let i = 0; i < k; i++) {
    const [a, b] = [column[i]!, column[i + 1]!];
    column[i] = f.cosines[i]! * a + f.sines[i]! * b;
    column[i + 1] = -f.sines[i]! * a + f.cosines[i]! * b;
  }
  const length = Math.hypot(column[k]!, column[k + 1]!);
  const [c, s] = length > 0 ? [column[k]! / length, column[k + 1]! / length] : [1, 0];
  f.cosines.push(c);
  f.sines.push(s);
  column[k] = length;
  f.columns.push(column);
  const last = f.right[k]!;
  f.right[k] = c * last;
  f.right.push(-s * last);
  f.residual = Math.abs(s * last);
}

/** y by back substitution; columns without a pivot, where the space has ended, take no part. */
export function minimizer(f: Arnoldi): Float64Array {
  const n = f.columns.length;
  const y = new Float64Array(n);
  const largest = f.columns.reduce((m, column, k) => Math.max(m, column[k]!), 0);
  for (let i = n - 1; i >= 0; i--) {
    const pivot = f.columns[i]![i]!;
    if (pivot <= Number.EPSILON * largest) continue;
    let rest = f.right[i]!;
    for (let j = i + 1; j < n; j++) rest -= f.columns[j]![i]! * y[j]!;
    y[i] = rest / pivot;
  }
  return y;
}
