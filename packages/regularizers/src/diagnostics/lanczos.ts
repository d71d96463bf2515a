import { rng } from "@paramat/core";
import { tridiagonalEigen } from "./tridiagonal-eigen.js";

/** Eigenvalues of H on a Krylov space. */
export interface RitzValues {
  /** Ascending. */
  readonly values: Float64Array;
  /** ‖H x − θ x‖ for each: an eigenvalue of H lies within it. */
  readonly residuals: Float64Array;
  readonly steps: number;
  /** Whether the space is invariant, so that the values are eigenvalues: each that the first vector has a share in, which a random one has in all. */
  readonly isInvariant: boolean;
}

export interface LanczosOptions {
  /** Default 200, at most n. */
  readonly maxSteps?: number;
  /** Of the first vector. Default 1. */
  readonly seed?: number;
  /** Asked now and then; stops when true. */
  readonly enough?: (ritz: RitzValues) => boolean;
}

/**
 * Ritz values of a symmetric matrix from products with it, on the space of a random x, Hx, H²x, … (Lanczos). Every new vector is made orthogonal to all
 * before, twice, so that no eigenvalue appears in copies; k steps cost k products and 4nk² multiplications.
 * @param apply v ↦ H v, n numbers each
 * @throws RangeError unless maxSteps is an integer ≥ 1
 * @remarks Golub & Van Loan, Matrix Computations, 10.1 and 10.3.
 */
export function lanczos(apply: (v: Float64Array) => Float64Array, n: number, options: LanczosOptions = {}): RitzValues {
  const { maxSteps = 200, seed = 1, enough = () => false } = options;
  if (!Number.isInteger(maxSteps) || maxSteps < 1) throw new RangeError(`lanczos: maxSteps is ${maxSteps}; it must be an integer ≥ 1`);
  // A stream that data made from the same small seed does not come from: a first vector among the rows of H would stay in their span.
  const stream = rng(seed ^ 0x1a2c0521);
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let next = scaled(Float64Array.from({ length: n }, () => stream.normal()));
  let size = 0;
  for (let step = 1; ; step++) {
    basis.push(next.vector);
    const image = apply(next.vector);
    diagonal.push(dot(image, next.vector));
    const rest = orthogonalTo(basis, orthogonalTo(basis, image));
    next = scaled(rest);
    size = Math.max(size, Math.abs(diagonal[step - 1]!) + next.length + (beside[step - 2] ?? 0));
    const isInvariant = step === n || !(next.length > 10 * n * Number.EPSILON * size);
    const last = isInvariant || step >= Math.min(maxSteps, n);
    // The small problem costs k², so it is looked at ever more rarely.
    if (last || step % Math.max(5, Math.floor(step / 8)) === 0) {
      const { values, lastEntries } = tridiagonalEigen(diagonal, beside);
      const ritz = { values, residuals: lastEntries.map((s) => (isInvariant ? 0 : next.length * Math.abs(s))), steps: step, isInvariant };
      if (last || enough(ritz)) return ritz;
    }
    beside.push(next.length);
  }
}

/** x without its part in the span of an orthonormal basis. */
function orthogonalTo(basis: readonly Float64Array[], x: Float64Array): Float64Array {
  const rest = x.slice();
  for (const q of basis) {
    const share = dot(q, rest);
    for (let i = 0; i < rest.length; i++) rest[i]! -= share * q[i]!;
  }
  return rest;
}

function scaled(x: Float64Array): { readonly vector: Float64Array; readonly length: number } {
  const length = Math.sqrt(dot(x, x));
  return { vector: length > 0 ? x.map((xi) => xi / length) : x, length };
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}
