import {
  apply,
  complexMul,
  customDerivative,
  diagonal,
  NotDifferentiableError,
  ndarray,
  type Primitive,
  reshape,
  type Shape,
  type Value,
} from "@paramat/core";
import { readMatrices, writeMatrices } from "../numeric/complex-matrix.js";
import { type Eigen, eigen } from "../numeric/eigen.js";
import { adjoint } from "./adjoint.js";
import { blockSolve, requireSquare } from "./block-solve.js";
import { coinciding } from "./coinciding.js";
import { complexMatmul } from "./complex-matmul.js";
import { eigenvectorTangent } from "./eigenvector-tangent.js";

/** Eigenvalues of all blocks, with what a derivative must know of them. */
export interface BlockEigenvalues {
  /** [2, F, n], within each block by real part, then imaginary part. */
  readonly values: Value;
  /** Positions in [F·n] that coincide within a block. */
  readonly groups: readonly (readonly number[])[];
}

/**
 * λ of every block. dλᵢ = (V⁻¹ dA V)ᵢᵢ with V the eigenvectors; derivatives of every order where a block's eigenvalues are distinct.
 * Exactly real for A = Aᴴ and exactly imaginary for A = −Aᴴ; a real block's others are exactly real or in conjugate pairs.
 * @param blocks [2, F, n, n]
 * @throws ShapeError unless the blocks are square
 * @remarks Eigenvalues of a block that is not normal count as coinciding within √ε of the largest: a double one splits that far by rounding.
 */
export function blockEigenvalues(blocks: Value): BlockEigenvalues {
  requireSquare("blockEigenvalues", blocks.shape);
  const [, count, n] = blocks.shape as readonly [number, number, number, number];
  if (n === 1) return { values: reshape(blocks, [2, count, 1]), groups: [] };
  const found = readMatrices(blocks).map(eigen);
  const groups = found.flatMap((one, f) => coincidingEigenvalues(one, blocks.backend.epsilon).map((group) => group.map((i) => f * n + i)));
  return { values: apply(eigenvaluesOp, [blocks], found), groups };
}

function coincidingEigenvalues({ re, im, isNormal }: Eigen, epsilon: number): number[][] {
  const largest = re.reduce((m, x, i) => Math.max(m, Math.hypot(x, im[i] as number)), 0);
  return coinciding(re, im, (isNormal ? 10 * re.length * epsilon : Math.sqrt(epsilon)) * largest);
}

const eigenvaluesOp: Primitive<readonly Eigen[]> = {
  name: "blockEigenvalues",
  shape: ([blocks]) => [2, (blocks as Shape)[1] as number, (blocks as Shape)[3] as number],
  forward(backend, [blocks], found) {
    const n = (blocks as Value).shape[3] as number;
    const numbers = new Float64Array(2 * found.length * n);
    found.forEach(({ re, im, converged }, f) => {
      numbers.set(converged ? re : re.map(() => Number.NaN), f * n);
      numbers.set(converged ? im : im.map(() => Number.NaN), (found.length + f) * n);
    });
    return ndarray(backend, numbers).array.buffer;
  },
  // dλ = diag(V⁻¹ dA V)
  jvp([blocks], [da], _lambda, found) {
    if (!da) return null;
    const v = eigenvectors(blocks as Value, found);
    return diagonal(blockSolve(v, complexMatmul(da, v)));
  },
  // ⟨ct, diag(V⁻¹ dA V)⟩ = ⟨V⁻ᴴ diag(ct) Vᴴ, dA⟩
  vjp([blocks], ct, _lambda, found) {
    const v = eigenvectors(blocks as Value, found);
    const weighted = complexMul(reshape(ct, [...ct.shape, 1]), adjoint(v));
    return [blockSolve(v, weighted, { adjoint: true })];
  },
};

/** V as an op of the blocks; lengths and phases of its columns are free, and eigenvalues do not depend on them. */
function eigenvectors(blocks: Value, found: readonly Eigen[]): Value {
  const n = blocks.shape[3] as number;
  return customDerivative({
    name: "eigenvectors",
    f: () =>
      writeMatrices(
        blocks.backend,
        found.map(({ vectors }) => vectors),
        n,
        n,
      ),
    jvp([a], [da], v) {
      requireDistinct(found, blocks.backend.epsilon);
      return eigenvectorTangent(v, apply(eigenvaluesOp, [a as Value], found), da as Value);
    },
  })(blocks);
}

function requireDistinct(found: readonly Eigen[], epsilon: number): void {
  found.forEach((one, f) => {
    const group = coincidingEigenvalues(one, epsilon)[0];
    if (!group) return;
    const at = group[0] as number;
    throw new NotDifferentiableError(
      `spectrum: eigenvalues ${group.join(", ")} of block ${f} coincide (${one.re[at]} + ${one.im[at]}i); second derivatives need distinct ones: move θ`,
    );
  });
}
