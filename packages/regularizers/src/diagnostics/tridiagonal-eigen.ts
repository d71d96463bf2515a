/** Eigenvalues of a symmetric tridiagonal matrix, ascending, and the last entry of each unit eigenvector. */
export interface TridiagonalEigen {
  readonly values: Float64Array;
  readonly lastEntries: Float64Array;
}

/**
 * The eigenvalues of the symmetric tridiagonal matrix with `diagonal` and `beside` on its two neighbours, by the implicit QL method; of the eigenvectors
 * the last entries alone, which is all that Lanczos' error bounds ask for (Golub & Van Loan, 8.3; EISPACK's tql2). O(k²).
 * @param beside one entry less than `diagonal`
 */
export function tridiagonalEigen(diagonal: readonly number[], beside: readonly number[]): TridiagonalEigen {
  const k = diagonal.length;
  const d = Float64Array.from(diagonal);
  const e = Float64Array.from({ length: k }, (_, i) => beside[i] ?? 0);
  const last = new Float64Array(k);
  last[k - 1] = 1;
  // Beside rows of zeros nothing else tells what is small.
  const nothing = Math.max(1e-300, Number.EPSILON ** 2 * Math.max(...d.map(Math.abs), ...e.map(Math.abs)));
  for (let start = 0; start < k; start++) {
    for (let sweep = 0; sweep < 60; sweep++) {
      const end = firstSmall(d, e, start, nothing);
      if (end === start) break;
      sweepOnce(d, e, last, start, end);
    }
  }
  const order = Array.from(d.keys()).sort((i, j) => (d[i] as number) - (d[j] as number));
  return { values: Float64Array.from(order, (i) => d[i] as number), lastEntries: Float64Array.from(order, (i) => last[i] as number) };
}

/** The first row from `start` on that the next does not touch but for rounding. */
function firstSmall(d: Float64Array, e: Float64Array, start: number, nothing: number): number {
  for (let m = start; m < d.length - 1; m++) {
    const scale = Math.abs(d[m]!) + Math.abs(d[m + 1]!);
    if (Math.abs(e[m]!) <= Number.EPSILON * scale + nothing) return m;
  }
  return d.length - 1;
}

/** One implicit QL step with Wilkinson's shift on rows start … end; its rotations act on the columns of the eigenvectors. */
function sweepOnce(d: Float64Array, e: Float64Array, last: Float64Array, start: number, end: number): void {
  const half = (d[start + 1]! - d[start]!) / (2 * e[start]!);
  let g = d[end]! - d[start]! + e[start]! / (half + (half < 0 ? -1 : 1) * Math.hypot(half, 1));
  let [s, c, p] = [1, 1, 0];
  for (let i = end - 1; i >= start; i--) {
    const f = s * e[i]!;
    const b = c * e[i]!;
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1]! -= p;
      e[end] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    const shifted = d[i + 1]! - p;
    const t = (d[i]! - shifted) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = shifted + p;
    g = c * t - b;
    const [upper, lower] = [last[i]!, last[i + 1]!];
    last[i + 1] = s * upper + c * lower;
    last[i] = c * upper - s * lower;
  }
  d[start]! -= p;
  e[start] = g;
  e[end] = 0;
}
