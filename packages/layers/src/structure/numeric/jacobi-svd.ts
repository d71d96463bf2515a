import { adjointMatrix, type ComplexMatrix, largestEntry, zeroMatrix } from "./complex-matrix.js";

/** A = U diag(σ) Vᴴ, thin: U is m × k, V is n × k, k = min(m, n), σ descending. Columns of U whose σ is 0 are 0. */
export interface Svd {
  readonly u: ComplexMatrix;
  readonly sigma: Float64Array;
  readonly v: ComplexMatrix;
}

/**
 * The singular value decomposition by one-sided Jacobi rotations: columns are rotated in pairs until all are orthogonal; their lengths are the
 * singular values, small ones to high relative accuracy. About 8 sweeps of n²/2 pairs, O(m n²) each. Demmel & Veselić 1992.
 */
export function jacobiSvd(a: ComplexMatrix): Svd {
  if (a.rows < a.cols) {
    const { u, sigma, v } = jacobiSvd(adjointMatrix(a));
    return { u: v, sigma, v: u };
  }
  const { rows: m, cols: n } = a;
  const scale = largestEntry(a);
  const usable = scale > 0 && scale < Number.POSITIVE_INFINITY ? scale : 1;
  // Rows of w are the columns of A, scaled so that no square overflows, and rows of v those of V.
  const w = zeroMatrix(n, m, a.isReal);
  const v = zeroMatrix(n, n, a.isReal);
  for (let j = 0; j < n; j++) {
    v.re[j * n + j] = 1;
    for (let i = 0; i < m; i++) {
      w.re[j * m + i] = a.re[i * n + j]! / usable;
      w.im[j * m + i] = a.im[i * n + j]! / usable;
    }
  }
  const squares = new Float64Array(n);
  for (let sweep = 0, rotated = true; rotated && sweep < 60; sweep++) {
    rotated = false;
    for (let j = 0; j < n; j++) squares[j] = squareOf(w, j);
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) if (orthogonalize(w, v, squares, p, q)) rotated = true;
  }
  return sorted(w, v, usable);
}

/** Rotates rows p and q of w (and of v) so that they are orthogonal; false if they were. `squares` are the rows' ‖·‖², kept up to date. */
function orthogonalize(w: ComplexMatrix, v: ComplexMatrix, squares: Float64Array, p: number, q: number): boolean {
  const gr = productRe(w, p, q);
  const gi = w.isReal ? 0 : productIm(w, p, q);
  const gamma = w.isReal ? Math.abs(gr) : Math.hypot(gr, gi);
  const alpha = squares[p]!;
  const beta = squares[q]!;
  if (!(gamma > Number.EPSILON * Math.sqrt(w.cols) * Math.sqrt(alpha) * Math.sqrt(beta))) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  // The phase of ⟨p, q⟩ is taken out of q, and what is left is a real rotation.
  rotate(w, p, q, c, c * t, gr / gamma, gi / gamma);
  rotate(v, p, q, c, c * t, gr / gamma, gi / gamma);
  squares[p] = Math.max(alpha - t * gamma, 0);
  squares[q] = beta + t * gamma;
  return true;
}

/** Re ⟨row p, row q⟩. */
function productRe({ re, im, cols, isReal }: ComplexMatrix, p: number, q: number): number {
  let total = 0;
  for (let i = p * cols, j = q * cols, end = i + cols; i < end; i++, j++) total += re[i]! * re[j]!;
  if (isReal) return total;
  for (let i = p * cols, j = q * cols, end = i + cols; i < end; i++, j++) total += im[i]! * im[j]!;
  return total;
}

/** Im ⟨row p, row q⟩, where row p is conjugated; rows are transposed columns of A. */
function productIm({ re, im, cols }: ComplexMatrix, p: number, q: number): number {
  let total = 0;
  for (let i = p * cols, j = q * cols, end = i + cols; i < end; i++, j++) total += re[i]! * im[j]! - im[i]! * re[j]!;
  return total;
}

function squareOf(w: ComplexMatrix, p: number): number {
  return productRe(w, p, p);
}

/** Rows p and q ← (c p − s φ̄ q, s p + c φ̄ q), φ the phase. */
function rotate(x: ComplexMatrix, p: number, q: number, c: number, s: number, phaseRe: number, phaseIm: number): void {
  const { re, im, cols } = x;
  const end = (p + 1) * cols;
  if (x.isReal) {
    const ck = c * phaseRe;
    const sk = s * phaseRe;
    for (let i = p * cols, j = q * cols; i < end; i++, j++) {
      const a = re[i]!;
      const b = re[j]!;
      re[i] = c * a - sk * b;
      re[j] = s * a + ck * b;
    }
    return;
  }
  for (let i = p * cols, j = q * cols; i < end; i++, j++) {
    const ar = re[i]!;
    const ai = im[i]!;
    const br = re[j]! * phaseRe + im[j]! * phaseIm;
    const bi = im[j]! * phaseRe - re[j]! * phaseIm;
    re[i] = c * ar - s * br;
    im[i] = c * ai - s * bi;
    re[j] = s * ar + c * br;
    im[j] = s * ai + c * bi;
  }
}

function sorted(w: ComplexMatrix, v: ComplexMatrix, scale: number): Svd {
  const n = w.rows;
  const m = w.cols;
  const lengths = Float64Array.from({ length: n }, (_, j) => {
    return Math.sqrt(squareOf(w, j));
  });
  const order = Array.from(lengths.keys()).sort((i, j) => lengths[j]! - lengths[i]!);
  const u = zeroMatrix(m, n, w.isReal);
  const right = zeroMatrix(n, n, v.isReal);
  order.forEach((from, k) => {
    const length = lengths[from]!;
    for (let i = 0; i < m && length !== 0; i++) {
      u.re[i * n + k] = w.re[from * m + i]! / length;
      u.im[i * n + k] = w.im[from * m + i]! / length;
    }
    for (let i = 0; i < n; i++) {
      right.re[i * n + k] = v.re[from * n + i]!;
      right.im[i * n + k] = v.im[from * n + i]!;
    }
  });
  return { u, sigma: Float64Array.from(order, (j) => scale * lengths[j]!), v: right };
}
