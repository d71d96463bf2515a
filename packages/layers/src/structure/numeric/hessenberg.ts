import { type ComplexMatrix, zeroMatrix } from "./complex-matrix.js";

/** A = Q H Qᴴ; H is zero below its first subdiagonal. `qh` holds Qᴴ, whose rows are contiguous. */
export interface Hessenberg {
  readonly h: ComplexMatrix;
  readonly qh: ComplexMatrix;
}

/** A = Q H Qᴴ by Householder reflections, O(n³); a Hermitian A becomes tridiagonal. Golub & Van Loan, § 7.4.3. */
export function hessenberg(a: ComplexMatrix): Hessenberg {
  const n = a.rows;
  const h: ComplexMatrix = { ...a, re: a.re.slice(), im: a.im.slice(), isReal: false };
  const qh = zeroMatrix(n, n, false);
  for (let i = 0; i < n; i++) qh.re[i * n + i] = 1;
  const vr = new Float64Array(n);
  const vi = new Float64Array(n);
  for (let k = 0; k < n - 2; k++) {
    if (!reflector(h, k, vr, vi)) continue;
    reflectRows(h, k, vr, vi);
    reflectColumns(h, k, vr, vi);
    reflectRows(qh, k, vr, vi);
    for (let i = k + 2; i < n; i++) {
      h.re[i * n + k] = 0;
      h.im[i * n + k] = 0;
    }
  }
  return { h, qh };
}

/** The unit vector v on entries k+1 … n−1 for which (I − 2vvᴴ) takes column k to a multiple of e_{k+1}; false if it is one already. */
function reflector(h: ComplexMatrix, k: number, vr: Float64Array, vi: Float64Array): boolean {
  const n = h.rows;
  let below = 0;
  for (let i = k + 2; i < n; i++) below = Math.max(below, Math.abs(h.re[i * n + k]!), Math.abs(h.im[i * n + k]!));
  if (below === 0) return false;
  let length = 0;
  for (let i = k + 1; i < n; i++) length = Math.hypot(length, h.re[i * n + k]!, h.im[i * n + k]!);
  const xr = h.re[(k + 1) * n + k]!;
  const xi = h.im[(k + 1) * n + k]!;
  const first = Math.hypot(xr, xi);
  // Away from cancellation: the phase of the first entry is kept.
  const [pr, pi] = first > 0 ? [xr / first, xi / first] : [1, 0];
  const size = Math.sqrt(2 * length) * Math.sqrt(length + first);
  for (let i = k + 1; i < n; i++) {
    vr[i] = h.re[i * n + k]! / size;
    vi[i] = h.im[i * n + k]! / size;
  }
  vr[k + 1] = (xr + pr * length) / size;
  vi[k + 1] = (xi + pi * length) / size;
  return true;
}

/** x ← (I − 2vvᴴ) x. */
function reflectRows(x: ComplexMatrix, k: number, vr: Float64Array, vi: Float64Array): void {
  const n = x.cols;
  const sr = new Float64Array(n);
  const si = new Float64Array(n);
  for (let i = k + 1; i < x.rows; i++) {
    const a = vr[i]!;
    const b = vi[i]!;
    for (let j = 0; j < n; j++) {
      sr[j]! += a * x.re[i * n + j]! + b * x.im[i * n + j]!;
      si[j]! += a * x.im[i * n + j]! - b * x.re[i * n + j]!;
    }
  }
  for (let i = k + 1; i < x.rows; i++) {
    const a = 2 * vr[i]!;
    const b = 2 * vi[i]!;
    for (let j = 0; j < n; j++) {
      x.re[i * n + j]! -= a * sr[j]! - b * si[j]!;
      x.im[i * n + j]! -= a * si[j]! + b * sr[j]!;
    }
  }
}

/** x ← x (I − 2vvᴴ). */
function reflectColumns(x: ComplexMatrix, k: number, vr: Float64Array, vi: Float64Array): void {
  const n = x.cols;
  for (let i = 0; i < x.rows; i++) {
    let sr = 0;
    let si = 0;
    for (let j = k + 1; j < n; j++) {
      sr += x.re[i * n + j]! * vr[j]! - x.im[i * n + j]! * vi[j]!;
      si += x.re[i * n + j]! * vi[j]! + x.im[i * n + j]! * vr[j]!;
    }
    for (let j = k + 1; j < n; j++) {
      x.re[i * n + j]! -= 2 * (sr * vr[j]! + si * vi[j]!);
      x.im[i * n + j]! -= 2 * (si * vr[j]! - sr * vi[j]!);
    }
  }
}
