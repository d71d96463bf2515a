import { matmul, ndarray, reshape, type Shape, ShapeError, sameShape, showShape, sizeOf, transpose, type Value } from "@paramat/core";
import { type LinearOperator, thinSvd } from "@paramat/layers";
import { requireFinite } from "../require-finite.js";
import { length } from "../tree-vectors.js";
import { type FilteredProblem, inverseFilter, requireLambda } from "./filtered-problem.js";

export interface MatrixProblemOptions {
  /** What is to be small, ‖L x‖; the identity if left out. Any number of rows, as long as A x = 0 and L x = 0 only for x = 0. */
  readonly L?: Value | LinearOperator;
}

/**
 * min ½‖A x − b‖² + ½λ‖L x‖² by the singular value decomposition of A where L = I, else by the generalized one of A and L: with [A; sL] = P S Vᵀ and the
 * upper part of P = U C Wᵀ, the lower part times W has orthogonal columns, and in y = Wᵀ S Vᵀ x both are diagonal (Golub & Van Loan, Matrix Computations,
 * 6.1.6; s = ‖A‖/‖L‖ makes neither drown the other). Decompositions of dense matrices: seconds at 500 columns; `transformProblem` for images.
 * @param A [m, n], or a linear operator, whose matrix is formed
 * @param b one right-hand side, of A's output shape ([m] for a matrix), or several, [examples, …]
 * @throws ShapeError if shapes do not go together, or A and L take the same x ≠ 0 to 0, so that no λ determines x; DataError where A or b has NaN or ∞;
 * BackendError where the backend cannot be read without waiting
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { matrixProblem } from "@paramat/regularizers";
 * const backend = cpu("float64");
 * const problem = matrixProblem(ndarray(backend, [[3, 0], [0, 1]]), ndarray(backend, [6, 4]));
 * problem.solution(1).toNested(); // → [1.8, 2]
 */
export function matrixProblem(A: Value | LinearOperator, b: Value, options: MatrixProblemOptions = {}): FilteredProblem {
  const op = "matrixProblem";
  const { inShape, outShape, matrix } = matrixForm(op, "A", A, b);
  const m = matrix.shape[0] as number;
  const isOne = sameShape(b.shape, outShape);
  if (!isOne && !sameShape(b.shape.slice(1), outShape)) {
    throw new ShapeError(
      `${op}: b is ${showShape(b.shape)}, and A gives ${showShape(outShape)}; b must have that shape, or [examples, …that]`,
    );
  }
  requireFinite(op, "A", matrix);
  requireFinite(op, "b", b);
  const numRightSides = isOne ? 1 : (b.shape[0] as number);
  const rows = reshape(b, [numRightSides, m]);
  const { left, sigma, mu, basis } = options.L ? generalizedSvd(op, matrix, matrixForm(op, "L", options.L, b).matrix) : standardSvd(matrix);
  const k = sigma.length;
  const coefficients = matmul(rows, left);
  const [shares, data, fitted] = [coefficients, rows, matmul(coefficients, left, { transposeB: true })].map((x) => x.toArray()) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const energies = Float64Array.from({ length: k }, (_, i) => {
    let total = 0;
    for (let e = 0; e < numRightSides; e++) total += shares[e * k + i]! ** 2;
    return total;
  });
  return {
    name: `${op} ${showShape(matrix.shape)}${options.L ? " with L" : ""}`,
    sigma,
    mu,
    energies,
    // Of the vector that is left, not a difference of two large squares.
    outOfReach: data.reduce((sum, x, i) => sum + (x - fitted[i]!) ** 2, 0),
    numData: m,
    numRightSides,
    epsilon: b.backend.epsilon,
    solution(lambda) {
      requireLambda(`${op}.solution`, lambda);
      const filtered = shares.map((c, at) => c * inverseFilter(sigma[at % k]!, mu[at % k]!, lambda));
      const x = matmul(ndarray(b.backend, filtered, [numRightSides, k]), basis, { transposeB: true });
      return reshape(x, isOne ? inShape : [numRightSides, ...inShape]);
    },
  };
}

/** A = U diag(σ) Vᵀ. */
function standardSvd(a: Value) {
  const { u, sigma, v } = thinSvd(a);
  return { left: u, sigma, mu: new Float64Array(sigma.length).fill(1), basis: v };
}

/** A = U diag(σ) X⁻¹ and LᵀL = X⁻ᵀ diag(μ²) X⁻¹. */
function generalizedSvd(op: string, a: Value, l: Value) {
  const [m, n] = a.shape as readonly [number, number];
  const p = l.shape[0] as number;
  if (l.shape[1] !== n) throw new ShapeError(`${op}: L takes ${l.shape[1]} numbers, A takes ${n}; both must take x`);
  const [above, below] = [a.toArray(), l.toArray()];
  const scale = length(above) / length(below);
  const factor = Number.isFinite(scale) && scale > 0 ? scale : 1;
  const stacked = Float64Array.from({ length: (m + p) * n }, (_, at) => (at < m * n ? above[at]! : factor * below[at - m * n]!));
  const { u, sigma: sizes, v } = thinSvd(ndarray(a.backend, stacked, [m + p, n]));
  const smallest = sizes.at(-1) as number;
  if (sizes.length < n || !(smallest > (m + p) * a.backend.epsilon * (sizes[0] as number))) {
    throw new ShapeError(
      `${op}: [A; L] has ${sizes.length} singular values from ${sizes[0]} to ${smallest} for ${n} unknowns, A and L scaled alike: both take some x ≠ 0 to 0, which no λ determines; give an L with fewer such x`,
    );
  }
  const parts = u.toArray();
  const { u: left, sigma, v: turn } = thinSvd(ndarray(a.backend, parts.subarray(0, m * n).slice(), [m, n]));
  const images = matmul(ndarray(a.backend, parts.slice(m * n), [p, n]), turn).toArray();
  const k = sigma.length;
  const unseen = nullityOf(l);
  const mu = Float64Array.from({ length: k }, (_, i) => {
    // σᵢ descend from 1, where L x is 0: there the images are rounding, and would make λ count where it changes nothing.
    if (i < unseen) return 0;
    let square = 0;
    for (let r = 0; r < p; r++) square += images[r * k + i]! ** 2;
    return Math.sqrt(square) / factor;
  });
  const scaledV = matmul(v, ndarray(a.backend, diagonalOf(sizes.map((s) => 1 / s)), [n, n]));
  return { left, sigma, mu, basis: matmul(scaledV, turn) };
}

/** Dimension of the x with L x = 0, to rounding. */
function nullityOf(l: Value): number {
  const [p, n] = l.shape as readonly [number, number];
  const { sigma } = thinSvd(l);
  const least = Math.max(p, n) * l.backend.epsilon * sigma[0]!;
  return n - sigma.filter((s) => s > least).length;
}

function diagonalOf(values: Float64Array): Float64Array {
  const n = values.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = values[i]!;
  return matrix;
}

/** A as a matrix, formed from unit vectors where it is an operator. */
function matrixForm(op: string, name: string, A: Value | LinearOperator, like: Value): { inShape: Shape; outShape: Shape; matrix: Value } {
  if ("apply" in A) {
    const n = sizeOf(A.inShape);
    const units = ndarray(like.backend, diagonalOf(new Float64Array(n).fill(1)), [n, ...A.inShape]);
    const columns = reshape(A.apply(units), [n, sizeOf(A.outShape)]);
    return { inShape: A.inShape, outShape: A.outShape, matrix: transpose(columns) };
  }
  if (A.shape.length !== 2 || A.size === 0) {
    throw new ShapeError(`${op}: ${name} has shape ${showShape(A.shape)}; it must be a matrix, [m, n], with entries, or a linear operator`);
  }
  return { inShape: [A.shape[1] as number], outShape: [A.shape[0] as number], matrix: A };
}
