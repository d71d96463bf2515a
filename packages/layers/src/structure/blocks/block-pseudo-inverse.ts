import { add, customDerivative, sub, type Value } from "@paramat/core";
import { type ComplexMatrix, readMatrices, writeMatrices, zeroMatrix } from "../numeric/complex-matrix.js";
import { jacobiSvd } from "../numeric/jacobi-svd.js";
import { adjoint } from "./adjoint.js";
import { complexMatmul } from "./complex-matmul.js";
import { identityBlock } from "./identity-blocks.js";

/** A⁺ of every block, and what was found on the way. */
export interface PseudoInverse {
  /** [2, F, n, m]. */
  readonly inverse: Value;
  /** Of each block: singular values above `tolerance` times the largest of all blocks. */
  readonly ranks: readonly number[];
  /** The largest singular value over the smallest that counts. */
  readonly condition: number;
}

/**
 * The Moore–Penrose inverse A⁺ = V Σ⁺ Uᴴ of every block. Differentiable to every order as long as the ranks do not change:
 * dA⁺ = −A⁺ dA A⁺ + A⁺A⁺ᴴ dAᴴ (I − A A⁺) + (I − A⁺A) dAᴴ A⁺ᴴA⁺ (Golub & Pereyra 1973).
 * @param blocks [2, F, m, n]
 * @param tolerance relative to the largest singular value of all blocks
 */
export function blockPseudoInverse(blocks: Value, tolerance: number): PseudoInverse {
  const [rows, cols] = blocks.shape.slice(2) as [number, number];
  const svds = readMatrices(blocks).map(jacobiSvd);
  const largest = svds.reduce((m, { sigma }) => Math.max(m, sigma[0] ?? 0), 0);
  const ranks = svds.map(({ sigma }) => sigma.filter((s) => s > tolerance * largest).length);
  const smallest = svds.reduce((m, { sigma }, f) => Math.min(m, sigma[(ranks[f] as number) - 1] ?? m), Number.POSITIVE_INFINITY);
  const inverses = svds.map(({ u, sigma, v }, f) => product(v, sigma, u, ranks[f] as number));
  const inverse = customDerivative({
    name: "pseudoInverse",
    f: () => writeMatrices(blocks.backend, inverses, cols, rows),
    jvp([a], [da], p) {
      const [matrix, step] = [a as Value, adjoint(da as Value)];
      const identity = (n: number) => identityBlock(p.backend, n);
      const beside = sub(identity(rows), complexMatmul(matrix, p));
      const below = sub(identity(cols), complexMatmul(p, matrix));
      const first = complexMatmul(complexMatmul(p, da as Value), p);
      const second = complexMatmul(complexMatmul(complexMatmul(p, p, { adjointB: true }), step), beside);
      const third = complexMatmul(below, complexMatmul(step, complexMatmul(p, p, { adjointA: true })));
      return add(sub(second, first), third);
    },
  })(blocks);
  return { inverse, ranks, condition: largest / smallest };
}

/** Σ over the first `rank` values of v uᴴ/σ. */
function product(v: ComplexMatrix, sigma: Float64Array, u: ComplexMatrix, rank: number): ComplexMatrix {
  const k = sigma.length;
  const result = zeroMatrix(v.rows, u.rows, v.isReal && u.isReal);
  for (let r = 0; r < rank; r++) {
    for (let i = 0; i < v.rows; i++) {
      const [vr, vi] = [v.re[i * k + r]! / sigma[r]!, v.im[i * k + r]! / sigma[r]!];
      for (let j = 0; j < u.rows; j++) {
        const [ur, ui] = [u.re[j * k + r]!, u.im[j * k + r]!];
        result.re[i * u.rows + j]! += vr * ur + vi * ui;
        result.im[i * u.rows + j]! += vi * ur - vr * ui;
      }
    }
  }
  return result;
}
