import type { ComplexMatrix } from "./complex-matrix.js";
import { hessenberg } from "./hessenberg.js";

/** A = Q T Qᴴ with T upper triangular and Q unitary; `qh` holds Qᴴ. */
export interface Schur {
  readonly t: ComplexMatrix;
  readonly qh: ComplexMatrix;
  /** Whether the iteration found every eigenvalue; it fails only where numbers are not finite. */
  readonly converged: boolean;
}

/**
 * The complex Schur form by the QR iteration with Wilkinson's shifts on the Hessenberg form; about two steps for each eigenvalue, O(n³) in all.
 * Golub & Van Loan, § 7.5.
 * @param isHermitian says that a = aᴴ, so that T stays tridiagonal on the way and ends diagonal, with less work
 */
export function schur(a: ComplexMatrix, isHermitian: boolean): Schur {
  const n = a.rows;
  const { h: t, qh } = hessenberg(a);
  const rotations = new Float64Array(4 * n);
  let hi = n - 1;
  let steps = 0;
  while (hi > 0) {
    const lo = windowStart(t, hi);
    if (lo === hi) {
      hi--;
      steps = 0;
      continue;
    }
    if (steps === 60) return { t, qh, converged: false };
    qrStep(t, qh, lo, hi, shift(t, hi, ++steps), rotations, isHermitian);
  }
  return { t, qh, converged: true };
}

/** The first row of the block that ends at `hi` and is not split by a negligible subdiagonal entry, which is set to 0. */
function windowStart(t: ComplexMatrix, hi: number): number {
  const n = t.rows;
  const at = (i: number, j: number) => Math.abs(t.re[i * n + j]!) + Math.abs(t.im[i * n + j]!);
  for (let k = hi; k > 0; k--) {
    const around = at(k, k) + at(k - 1, k - 1);
    if (at(k, k - 1) <= Number.EPSILON * (around > 0 ? around : at(k - 1, k))) {
      t.re[k * n + k - 1] = 0;
      t.im[k * n + k - 1] = 0;
      return k;
    }
  }
  return 0;
}

/** The eigenvalue of the last 2 × 2 block that is nearer to its last entry; now and then another one, against cycles. */
function shift(t: ComplexMatrix, hi: number, step: number): readonly [number, number] {
  const n = t.rows;
  const at = (i: number, j: number) => [t.re[i * n + j]!, t.im[i * n + j]!] as const;
  const [dr, di] = at(hi, hi);
  if (step % 10 === 0) {
    const [sr, si] = at(hi, hi - 1);
    return [dr + Math.abs(sr) + Math.abs(si), di];
  }
  const [ar, ai] = at(hi - 1, hi - 1);
  const [br, bi] = at(hi - 1, hi);
  const [cr, ci] = at(hi, hi - 1);
  // λ = d − bc / (δ ± √(δ² + bc)), δ = (a − d)/2, the sign that makes the denominator large.
  const er = (ar - dr) / 2;
  const ei = (ai - di) / 2;
  const pr = br * cr - bi * ci;
  const pi = br * ci + bi * cr;
  const [sr, si] = complexSqrt(er * er - ei * ei + pr, 2 * er * ei + pi);
  const sign = er * sr + ei * si >= 0 ? 1 : -1;
  const nr = er + sign * sr;
  const ni = ei + sign * si;
  const size = nr * nr + ni * ni;
  if (!(size > 0)) return [dr, di];
  return [dr - (pr * nr + pi * ni) / size, di - (pi * nr - pr * ni) / size];
}

function complexSqrt(re: number, im: number): readonly [number, number] {
  const size = Math.hypot(re, im);
  const x = Math.sqrt((size + Math.abs(re)) / 2);
  if (x === 0) return [0, 0];
  const y = im / (2 * x);
  return re >= 0 ? [x, y] : [Math.abs(y), im < 0 ? -x : x];
}

/** One step T − μI = Q R, T ← R Q + μI on rows and columns lo … hi, with what lies to the right and above following. */
function qrStep(
  t: ComplexMatrix,
  qh: ComplexMatrix,
  lo: number,
  hi: number,
  [mr, mi]: readonly [number, number],
  rotations: Float64Array,
  isHermitian: boolean,
): void {
  const n = t.rows;
  for (let k = lo; k <= hi; k++) {
    t.re[k * n + k]! -= mr;
    t.im[k * n + k]! -= mi;
  }
  for (let k = lo; k < hi; k++) {
    const here = k * n + k;
    const below = (k + 1) * n + k;
    const r = Math.hypot(t.re[here]!, t.im[here]!, t.re[below]!, t.im[below]!);
    const g = r > 0 ? [t.re[here]! / r, t.im[here]! / r, t.re[below]! / r, t.im[below]! / r] : [1, 0, 0, 0];
    rotations.set(g, 4 * k);
    rotateRows(t, k, g[0]!, g[1]!, g[2]!, g[3]!, k, isHermitian ? Math.min(k + 2, hi) : n - 1);
    rotateRows(qh, k, g[0]!, g[1]!, g[2]!, g[3]!, 0, n - 1);
  }
  for (let k = lo; k < hi; k++) {
    rotateColumns(t, k, rotations, isHermitian ? Math.max(lo, k - 2) : 0, k + 1);
  }
  for (let k = lo; k <= hi; k++) {
    t.re[k * n + k]! += mr;
    t.im[k * n + k]! += mi;
  }
}

/** Rows k and k+1 ← [c̄ s̄; −s c] of them, on columns from … to. */
function rotateRows(x: ComplexMatrix, k: number, cr: number, ci: number, sr: number, si: number, from: number, to: number): void {
  const n = x.cols;
  const { re, im } = x;
  const top = k * n;
  const low = (k + 1) * n;
  for (let j = from; j <= to; j++) {
    const ar = re[top + j]!;
    const ai = im[top + j]!;
    const br = re[low + j]!;
    const bi = im[low + j]!;
    re[top + j] = cr * ar + ci * ai + sr * br + si * bi;
    im[top + j] = cr * ai - ci * ar + sr * bi - si * br;
    re[low + j] = cr * br - ci * bi - (sr * ar - si * ai);
    im[low + j] = cr * bi + ci * br - (sr * ai + si * ar);
  }
}

/** Columns k and k+1 ← those times [c −s̄; s c̄], on rows from … to. */
function rotateColumns(x: ComplexMatrix, k: number, rotations: Float64Array, from: number, to: number): void {
  const n = x.cols;
  const { re, im } = x;
  const cr = rotations[4 * k]!;
  const ci = rotations[4 * k + 1]!;
  const sr = rotations[4 * k + 2]!;
  const si = rotations[4 * k + 3]!;
  for (let i = from; i <= to; i++) {
    const at = i * n + k;
    const ar = re[at]!;
    const ai = im[at]!;
    const br = re[at + 1]!;
    const bi = im[at + 1]!;
    re[at] = cr * ar - ci * ai + sr * br - si * bi;
    im[at] = cr * ai + ci * ar + sr * bi + si * br;
    re[at + 1] = cr * br + ci * bi - (sr * ar + si * ai);
    im[at + 1] = cr * bi - ci * br - (sr * ai - si * ar);
  }
}
