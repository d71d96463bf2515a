import { type ComplexMatrix, zeroMatrix } from "./complex-matrix.js";
import { pairConjugates } from "./pair-conjugates.js";
import { type Schur, schur } from "./schur.js";

/** A V = V diag(λ): eigenvalues by real part, then imaginary part, and unit eigenvectors as the columns of V. */
export interface Eigen {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly vectors: ComplexMatrix;
  /** Whether A = ±Aᴴ, so that λ is exactly real or imaginary and V unitary. */
  readonly isNormal: boolean;
  /** False only where the matrix holds NaN or infinity. */
  readonly converged: boolean;
}

/**
 * The eigenvalues and eigenvectors of a square matrix from its Schur form, O(n³). Exactly real for A = Aᴴ, exactly imaginary for A = −Aᴴ (and 0 in the
 * middle for a real one of odd size), in conjugate pairs for a real A.
 */
export function eigen(a: ComplexMatrix): Eigen {
  if (isHermitian(a, 1)) return normalEigen(a, schur(a, true), false);
  if (isHermitian(a, -1)) {
    // −iA is Hermitian.
    const turned: ComplexMatrix = { ...a, re: a.im.slice(), im: a.re.map((x) => -x), isReal: false };
    return normalEigen(a, schur(turned, true), true);
  }
  return generalEigen(a);
}

/** Whether A = sign · Aᴴ, entry by entry and exactly. */
function isHermitian(a: ComplexMatrix, sign: 1 | -1): boolean {
  const n = a.rows;
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      if (a.re[i * n + j] !== sign * a.re[j * n + i]! || a.im[i * n + j] !== -sign * a.im[j * n + i]!) return false;
    }
  }
  return true;
}

function normalEigen(a: ComplexMatrix, { t, qh, converged }: Schur, imaginary: boolean): Eigen {
  const n = a.rows;
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => t.re[i * n + i]! - t.re[j * n + j]!);
  const values = Float64Array.from(order, (i) => t.re[i * n + i]!);
  // The eigenvalues of a real antisymmetric matrix are ± pairs.
  const paired = imaginary && a.isReal ? values.map((x, k) => (x - values[n - 1 - k]!) / 2) : values;
  const vectors = zeroMatrix(n, n, false);
  order.forEach((from, k) => copyColumn(qh, from, vectors, k));
  const zeros = new Float64Array(n);
  return { re: imaginary ? zeros : paired, im: imaginary ? paired : zeros, vectors, isNormal: true, converged };
}

/** Column k of `to` ← the conjugate of row `from` of qh. */
function copyColumn(qh: ComplexMatrix, from: number, to: ComplexMatrix, k: number): void {
  const n = qh.cols;
  for (let i = 0; i < n; i++) {
    to.re[i * n + k] = qh.re[from * n + i]!;
    to.im[i * n + k] = -qh.im[from * n + i]!;
  }
}

function generalEigen(a: ComplexMatrix): Eigen {
  const n = a.rows;
  const { t, qh, converged } = schur(a, false);
  const re = Float64Array.from({ length: n }, (_, i) => t.re[i * n + i]!);
  const im = Float64Array.from({ length: n }, (_, i) => t.im[i * n + i]!);
  const vectors = triangularVectors(t, qh);
  if (a.isReal) pairConjugates(re, im);
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => re[i]! - re[j]! || im[i]! - im[j]!);
  const arranged = zeroMatrix(n, n, false);
  order.forEach((from, k) => {
    for (let i = 0; i < n; i++) {
      arranged.re[i * n + k] = vectors.re[i * n + from]!;
      arranged.im[i * n + k] = vectors.im[i * n + from]!;
    }
  });
  return {
    re: Float64Array.from(order, (i) => re[i]!),
    im: Float64Array.from(order, (i) => im[i]!),
    vectors: arranged,
    isNormal: false,
    converged,
  };
}

/** The eigenvectors Q y of A = Q T Qᴴ, where (T − t_kk I) y = 0 by back substitution, scaled to length 1. */
function triangularVectors(t: ComplexMatrix, qh: ComplexMatrix): ComplexMatrix {
  const n = t.rows;
  const result = zeroMatrix(n, n, false);
  const smallest =
    Number.EPSILON * Math.max(Number.MIN_VALUE, ...Array.from({ length: n }, (_, i) => Math.hypot(t.re[i * n + i]!, t.im[i * n + i]!)));
  const yr = new Float64Array(n);
  const yi = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    yr[k] = 1;
    yi[k] = 0;
    for (let i = k - 1; i >= 0; i--) {
      let sr = 0;
      let si = 0;
      for (let j = i + 1; j <= k; j++) {
        sr -= t.re[i * n + j]! * yr[j]! - t.im[i * n + j]! * yi[j]!;
        si -= t.re[i * n + j]! * yi[j]! + t.im[i * n + j]! * yr[j]!;
      }
      let dr = t.re[i * n + i]! - t.re[k * n + k]!;
      const di = t.im[i * n + i]! - t.im[k * n + k]!;
      // A repeated eigenvalue is moved by one rounding, as LAPACK's trevc does.
      if (Math.hypot(dr, di) < smallest) dr = smallest;
      const size = dr * dr + di * di;
      yr[i] = (sr * dr + si * di) / size;
      yi[i] = (si * dr - sr * di) / size;
    }
    let total = 0;
    for (let i = 0; i < n; i++) {
      let vr = 0;
      let vi = 0;
      for (let j = 0; j <= k; j++) {
        const qr = qh.re[j * n + i]!;
        const qi = -qh.im[j * n + i]!;
        vr += qr * yr[j]! - qi * yi[j]!;
        vi += qr * yi[j]! + qi * yr[j]!;
      }
      result.re[i * n + k] = vr;
      result.im[i * n + k] = vi;
      total = Math.hypot(total, vr, vi);
    }
    for (let i = 0; i < n; i++) {
      result.re[i * n + k]! /= total;
      result.im[i * n + k]! /= total;
    }
  }
  return result;
}
