import type { ComplexMatrix } from "./complex-matrix.js";

/** P A = L U, L with a unit diagonal below and U above it in one array. */
export interface LuFactors extends ComplexMatrix {
  /** Row i of P A is row `order[i]` of A. */
  readonly order: Int32Array;
  /** Whether a pivot is exactly 0 or not a number, so that nothing can be solved with these factors. */
  readonly isSingular: boolean;
}

/** P A = L U with partial pivoting, right-looking, row by row. O(n³). Golub & Van Loan, Matrix Computations, § 3.4. */
export function luFactor(a: ComplexMatrix): LuFactors {
  const n = a.rows;
  const re = a.re.slice();
  const im = a.im.slice();
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let isSingular = false;
  for (let k = 0; k < n; k++) {
    const pivot = largestBelow(re, im, n, k);
    if (pivot !== k) {
      swapRows(re, n, pivot, k);
      if (!a.isReal) swapRows(im, n, pivot, k);
      const row = order[pivot]!;
      order[pivot] = order[k]!;
      order[k] = row;
    }
    const pr = re[k * n + k]!;
    const pi = im[k * n + k]!;
    const size = Math.hypot(pr, pi);
    if (!(size > 0 && size < Number.POSITIVE_INFINITY)) {
      isSingular = true;
      continue;
    }
    for (let i = k + 1; i < n; i++) {
      if (a.isReal) eliminateReal(re, n, k, i);
      else eliminate(re, im, n, k, i, pr / size / size, -pi / size / size);
    }
  }
  return { rows: n, cols: n, re, im, isReal: a.isReal, order, isSingular };
}

/** X = A⁻¹ B, or A⁻ᴴ B: forward and back substitution on the rows of B, O(n² k). */
export function luSolve(factors: LuFactors, b: ComplexMatrix, adjoint = false): ComplexMatrix {
  const { rows: n, order } = factors;
  const k = b.cols;
  const isReal = factors.isReal && b.isReal;
  const re = new Float64Array(n * k);
  const im = new Float64Array(n * k);
  const x = { rows: n, cols: k, re, im, isReal };
  if (adjoint) {
    re.set(b.re);
    im.set(b.im);
    // Aᴴ = Uᴴ Lᴴ P: Uᴴ is lower triangular, Lᴴ upper, and P is undone last.
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) subtractRow(x, i, j, factors, j * n + i, true);
      divideRow(x, i, factors, true);
    }
    for (let i = n - 1; i >= 0; i--) for (let j = i + 1; j < n; j++) subtractRow(x, i, j, factors, j * n + i, true);
    const result = { ...x, re: new Float64Array(n * k), im: new Float64Array(n * k) };
    for (let i = 0; i < n; i++) {
      result.re.set(re.subarray(i * k, (i + 1) * k), order[i]! * k);
      result.im.set(im.subarray(i * k, (i + 1) * k), order[i]! * k);
    }
    return result;
  }
  for (let i = 0; i < n; i++) {
    re.set(b.re.subarray(order[i]! * k, (order[i]! + 1) * k), i * k);
    im.set(b.im.subarray(order[i]! * k, (order[i]! + 1) * k), i * k);
    for (let j = 0; j < i; j++) subtractRow(x, i, j, factors, i * n + j, false);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) subtractRow(x, i, j, factors, i * n + j, false);
    divideRow(x, i, factors, false);
  }
  return x;
}

/** log|det A| = Σ log|uᵢᵢ|; −∞ for a singular matrix. */
export function luLogAbsDet(factors: LuFactors): number {
  let total = 0;
  for (let i = 0; i < factors.rows; i++) {
    const at = i * factors.rows + i;
    total += Math.log(Math.hypot(factors.re[at]!, factors.im[at]!));
  }
  return total;
}

function largestBelow(re: Float64Array, im: Float64Array, n: number, k: number): number {
  let best = k;
  let largest = -1;
  for (let i = k; i < n; i++) {
    const size = Math.hypot(re[i * n + k]!, im[i * n + k]!);
    if (size > largest) {
      largest = size;
      best = i;
    }
  }
  return best;
}

function swapRows(x: Float64Array, n: number, a: number, b: number): void {
  const row = x.slice(a * n, (a + 1) * n);
  x.copyWithin(a * n, b * n, (b + 1) * n);
  x.set(row, b * n);
}

function eliminateReal(re: Float64Array, n: number, k: number, i: number): void {
  const factor = re[i * n + k]! / re[k * n + k]!;
  re[i * n + k] = factor;
  if (factor === 0) return;
  const own = i * n;
  const top = k * n;
  for (let j = k + 1; j < n; j++) re[own + j] = re[own + j]! - factor * re[top + j]!;
}

/** Row i less its multiple of row k; (ir, ii) is the pivot's reciprocal. */
function eliminate(re: Float64Array, im: Float64Array, n: number, k: number, i: number, ir: number, ii: number): void {
  const own = i * n;
  const top = k * n;
  const fr = re[own + k]! * ir - im[own + k]! * ii;
  const fi = re[own + k]! * ii + im[own + k]! * ir;
  re[own + k] = fr;
  im[own + k] = fi;
  if (fr === 0 && fi === 0) return;
  for (let j = k + 1; j < n; j++) {
    const ur = re[top + j]!;
    const ui = im[top + j]!;
    re[own + j] = re[own + j]! - (fr * ur - fi * ui);
    im[own + j] = im[own + j]! - (fr * ui + fi * ur);
  }
}

/** Row i of x less f times row j, f the factor at `at`, conjugated if asked. */
function subtractRow(x: ComplexMatrix, i: number, j: number, factors: LuFactors, at: number, conjugate: boolean): void {
  const fr = factors.re[at]!;
  const k = x.cols;
  const { re, im } = x;
  if (x.isReal) {
    if (fr === 0) return;
    for (let c = 0; c < k; c++) re[i * k + c] = re[i * k + c]! - fr * re[j * k + c]!;
    return;
  }
  const fi = conjugate ? -factors.im[at]! : factors.im[at]!;
  for (let c = 0; c < k; c++) {
    const xr = re[j * k + c]!;
    const xi = im[j * k + c]!;
    re[i * k + c] = re[i * k + c]! - (fr * xr - fi * xi);
    im[i * k + c] = im[i * k + c]! - (fr * xi + fi * xr);
  }
}

function divideRow(x: ComplexMatrix, i: number, factors: LuFactors, conjugate: boolean): void {
  const at = i * factors.rows + i;
  const size = Math.hypot(factors.re[at]!, factors.im[at]!);
  const cr = factors.re[at]! / size;
  const ci = ((conjugate ? 1 : -1) * factors.im[at]!) / size;
  const k = x.cols;
  for (let c = i * k; c < (i + 1) * k; c++) {
    const xr = x.re[c]!;
    const xi = x.im[c]!;
    x.re[c] = (xr * cr - xi * ci) / size;
    x.im[c] = (xr * ci + xi * cr) / size;
  }
}
