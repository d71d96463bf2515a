import { adjointMatrix, type ComplexMatrix } from "./complex-matrix.js";

/**
 * The singular values of a real matrix without its vectors, descending: Householder reflections to an upper bidiagonal B, then the eigenvalues ±σ of
 * the tridiagonal matrix with B's entries beside a zero diagonal, by implicit QL. Errors are a few ε σ₁ in every value, so that small ones are known
 * less well than from `jacobiSvd`; O(m n²) with a small constant, where Jacobi takes some 8 sweeps of it. Golub & Van Loan, Matrix Computations, 8.6.
 */
export function bidiagonalSingularValues(a: ComplexMatrix): Float64Array {
  if (a.rows < a.cols) return bidiagonalSingularValues(adjointMatrix(a));
  const beside = bidiagonalize(a);
  const n = a.cols;
  const eigenvalues = tridiagonalEigenvalues(new Float64Array(2 * n), beside);
  return eigenvalues
    .sort()
    .subarray(n)
    .reverse()
    .map((x) => Math.max(x, 0));
}

/** d₀, e₀, d₁, e₁, … d_{n−1}, 0: the diagonal and superdiagonal of UᵀAV, in turn. */
function bidiagonalize({ rows: m, cols: n, re }: ComplexMatrix): Float64Array {
  const w = re.slice();
  const beside = new Float64Array(2 * n);
  const column = new Float64Array(m);
  const row = new Float64Array(n);
  const products = new Float64Array(Math.max(m, n));
  for (let k = 0; k < n; k++) {
    for (let i = k; i < m; i++) column[i] = w[i * n + k]!;
    beside[2 * k] = reflectorInto(column, k, m);
    // (I − v vᵀ) on the columns to the right, row by row.
    products.fill(0);
    for (let i = k; i < m; i++) for (let j = k + 1; j < n; j++) products[j]! += column[i]! * w[i * n + j]!;
    for (let i = k; i < m; i++) for (let j = k + 1; j < n; j++) w[i * n + j]! -= column[i]! * products[j]!;
    if (k + 1 >= n) continue;
    for (let j = k + 1; j < n; j++) row[j] = w[k * n + j]!;
    beside[2 * k + 1] = reflectorInto(row, k + 1, n);
    for (let i = k + 1; i < m; i++) {
      let s = 0;
      for (let j = k + 1; j < n; j++) s += w[i * n + j]! * row[j]!;
      for (let j = k + 1; j < n; j++) w[i * n + j]! -= s * row[j]!;
    }
  }
  return beside;
}

/** Replaces x[from … to − 1] by v, ‖v‖² = 2, so that (I − v vᵀ)x is a multiple of its first unit vector; that multiple. v = 0 where x is. */
function reflectorInto(x: Float64Array, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) largest = Math.max(largest, Math.abs(x[i]!));
  if (largest === 0) return 0;
  let squares = 0;
  for (let i = from; i < to; i++) squares += (x[i]! / largest) ** 2;
  const length = largest * Math.sqrt(squares);
  const first = x[from]!;
  const multiple = first > 0 ? -length : length;
  // ‖x − multiple·e‖² = 2 length (length + |first|), scaled to 2.
  const scale = 1 / (Math.sqrt(length) * Math.sqrt(length + Math.abs(first)));
  x[from] = first - multiple;
  for (let i = from; i < to; i++) x[i]! *= scale;
  return multiple;
}

/** Eigenvalues of the symmetric tridiagonal matrix with `diagonal` and `beside` (its last entry is not used), in any order. Both are overwritten. */
function tridiagonalEigenvalues(diagonal: Float64Array, beside: Float64Array): Float64Array {
  const last = diagonal.length - 1;
  const size = beside.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
  for (let low = 0; low < last; low++) {
    for (;;) {
      let high = low;
      while (high < last && Math.abs(beside[high]!) > Number.EPSILON * size) high++;
      if (high === low) break;
      qlSweep(diagonal, beside, low, high);
    }
  }
  return diagonal;
}

/** One implicit QL step with Wilkinson's shift on rows low … high. */
function qlSweep(d: Float64Array, e: Float64Array, low: number, high: number): void {
  const half = (d[low + 1]! - d[low]!) / (2 * e[low]!);
  const root = Math.hypot(half, 1);
  let g = d[high]! - d[low]! + e[low]! / (half + (half >= 0 ? root : -root));
  let [s, c, p] = [1, 1, 0];
  for (let i = high - 1; i >= low; i--) {
    const f = s * e[i]!;
    const b = c * e[i]!;
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      // The matrix falls apart here; the rest of it is taken up by the next step.
      d[i + 1]! -= p;
      e[high] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1]! - p;
    const t = (d[i]! - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
  }
  d[low]! -= p;
  e[low] = g;
  e[high] = 0;
}
