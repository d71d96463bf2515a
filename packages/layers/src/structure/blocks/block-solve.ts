import {
  apply,
  complexMul,
  conj,
  div,
  type NDArray,
  neg,
  norm,
  type Primitive,
  type Shape,
  ShapeError,
  showShape,
  sub,
  type Value,
} from "@paramat/core";
import { readMatrices, writeMatrices } from "../numeric/complex-matrix.js";
import { inverseOneNorm, oneNorm } from "../numeric/inverse-norm.js";
import { type LuFactors, luFactor, luSolve } from "../numeric/lu.js";
import { complexMatmul } from "./complex-matmul.js";

/** What there is to know of square blocks before solving with them. */
export interface FactoredBlocks {
  /** [2, F, n, n]. */
  readonly blocks: Value;
  /** Of each block; null for blocks of one entry, which need none. */
  readonly factors: readonly LuFactors[] | null;
  /** An estimate of ‖K‖₁‖K⁻¹‖₁ over all blocks, exact for blocks of one entry; ∞ if one is exactly singular, NaN if one holds NaN. */
  readonly condition: number;
}

/**
 * Factors square blocks by LU with partial pivoting, on the host in float64.
 * @param blocks [2, F, n, n]
 * @throws ShapeError unless the blocks are square
 */
export function factorBlocks(blocks: Value): FactoredBlocks {
  requireSquare("factorBlocks", blocks.shape);
  const matrices = readMatrices(blocks);
  const factors = blocks.shape[3] === 1 ? null : matrices.map(luFactor);
  const sizes = matrices.map(oneNorm);
  const inverseSizes = factors ? factors.map(inverseOneNorm) : sizes.map((s) => 1 / s);
  const largest = (list: readonly number[]) => list.reduce((m, x) => (x <= m ? m : x), 0);
  return { blocks, factors, condition: largest(sizes) * largest(inverseSizes) };
}

/**
 * A⁻¹ b for every block, or A⁻ᴴ b. Differentiable in A and b to every order, since the rules solve with the same factors.
 * @param b [2, F, n, k]
 * @returns [2, F, n, k]; infinite or NaN where a block is singular
 * @throws ShapeError unless b has a row for each of the blocks' rows
 */
export function solveFactored(factored: FactoredBlocks, b: Value, options: { readonly adjoint?: boolean } = {}): Value {
  const { blocks, factors } = factored;
  const isAdjoint = options.adjoint ?? false;
  if (factors) return apply(solveOp, [blocks, b], { factors, adjoint: isAdjoint });
  // b / a = b (ā/|a|) / |a|, in two steps so that |a|² neither overflows nor underflows.
  const size = norm(blocks, { axes: 0 });
  const phase = div(blocks, size);
  return div(complexMul(isAdjoint ? phase : conj(phase), b), size);
}

/** A⁻¹ b for every block: `solveFactored(factorBlocks(a), b)`. */
export function blockSolve(a: Value, b: Value, options: { readonly adjoint?: boolean } = {}): Value {
  return solveFactored(factorBlocks(a), b, options);
}

interface SolveParams {
  /** Of the first input's blocks. */
  readonly factors: readonly LuFactors[];
  readonly adjoint: boolean;
}

const solveOp: Primitive<SolveParams> = {
  name: "blockSolve",
  shape([a, b]) {
    const [matrix, columns] = [a as Shape, b as Shape];
    requireSquare("blockSolve", matrix);
    if (columns.length !== 4 || columns[0] !== 2 || columns[1] !== matrix[1] || columns[2] !== matrix[3]) {
      throw new ShapeError(
        `blockSolve: blocks are ${showShape(matrix)}, b is ${showShape(columns)}; b must be [2, ${matrix[1]}, ${matrix[3]}, columns]`,
      );
    }
    return columns;
  },
  forward(backend, [, b], { factors, adjoint: isAdjoint }) {
    const columns = b as NDArray;
    const solved = readMatrices(columns).map((right, f) => luSolve(factors[f] as LuFactors, right, isAdjoint));
    return writeMatrices(backend, solved, columns.shape[2] as number, columns.shape[3] as number).array.buffer;
  },
  // A x = b: dx = A⁻¹(db − dA x)
  jvp([a, b], [da, db], x, params) {
    const moved = da ? complexMatmul(da, x, { adjointA: params.adjoint }) : null;
    const right = db && moved ? sub(db, moved) : (db ?? (moved && neg(moved)));
    return right && (b as Value) && apply(solveOp, [a as Value, right], params);
  },
  // ⟨ct, A⁻¹(db − dA x)⟩: w = A⁻ᴴ ct is b's, −w xᴴ is A's; for A⁻ᴴ, whose dAᴴ stands on the left, −x wᴴ.
  vjp([a], ct, x, params, wanted) {
    const w = apply(solveOp, [a as Value, ct], { ...params, adjoint: !params.adjoint });
    const outer = params.adjoint ? complexMatmul(x, w, { adjointB: true }) : complexMatmul(w, x, { adjointB: true });
    return [wanted[0] ? neg(outer) : null, wanted[1] ? w : null];
  },
};

/** @throws ShapeError unless the shape is [2, F, n, n] */
export function requireSquare(op: string, shape: Shape): void {
  if (shape.length !== 4 || shape[0] !== 2 || shape[2] !== shape[3]) {
    throw new ShapeError(`${op}: blocks are ${showShape(shape)}; they must be square, [2, F, n, n] with the real plane first`);
  }
}
