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
  for (let sweep = 0, rotated = true; rotated && sweep < 60; sweep++) {
    rotated = false;
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) if (orthogonalize(w, v, p, q)) rotated = true;
  }
  return sorted(w, v, usable);
}

/** Rotates rows p and q of w (and of v) so that they are orthogonal; false if they were. */
function orthogonalize(w: ComplexMatrix, v: ComplexMatrix, p: number, q: number): boolean {
  const m = w.cols;
  const [atP, atQ] = [p * m, q * m];
  const { re, im, isReal } = w;
  let [alpha, beta, gr, gi] = [0, 0, 0, 0];
  for (let i = 0; i < m; i++) {
    const [pr, qr] = [re[atP + i]!, re[atQ + i]!];
    alpha += pr * pr;
    beta += qr * qr;
    gr += pr * qr;
    if (isReal) continue;
    const [pi, qi] = [im[atP + i]!, im[atQ + i]!];
    alpha += pi * pi;
    beta += qi * qi;
    gr += pi * qi;
    gi += pr * qi - pi * qr;
  }
  const gamma = Math.hypot(gr, gi);
  if (!(gamma > Number.EPSILON * Math.sqrt(m) * Math.sqrt(alpha) * Math.sqrt(beta))) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = c * t;
  // The phase of ⟨p, q⟩ is taken out of q, and what is left is a real rotation.
  rotate(w, atP, atQ, c, s, gr / gamma, gi / gamma);
  rotate(v, p * v.cols, q * v.cols, c, s, gr / gamma, gi / gamma);
  return true;
}

function rotate(
  { re, im, cols, isReal }: ComplexMatrix,
  atP: number,
  atQ: number,
  c: number,
  s: number,
  phaseRe: number,
  phaseIm: number,
): void {
  for (let i = 0; i < cols; i++) {
    const [pr, qr0] = [re[atP + i]!, re[atQ + i]!];
    if (isReal) {
      const q = qr0 * phaseRe;
      re[atP + i] = c * pr - s * q;
      re[atQ + i] = s * pr + c * q;
      continue;
    }
    const [pi, qi0] = [im[atP + i]!, im[atQ + i]!];
    const qr = qr0 * phaseRe + qi0 * phaseIm;
    const qi = qi0 * phaseRe - qr0 * phaseIm;
    re[atP + i] = c * pr - s * qr;
    im[atP + i] = c * pi - s * qi;
    re[atQ + i] = s * pr + c * qr;
    im[atQ + i] = s * pi + c * qi;
  }
}

function sorted(w: ComplexMatrix, v: ComplexMatrix, scale: number): Svd {
  const [n, m] = [w.rows, w.cols];
  const lengths = Float64Array.from({ length: n }, (_, j) => {
    let total = 0;
    for (let i = j * m; i < (j + 1) * m; i++) total += w.re[i]! * w.re[i]! + w.im[i]! * w.im[i]!;
    return Math.sqrt(total);
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
