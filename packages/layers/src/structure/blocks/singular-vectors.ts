import { add, customDerivative, diagonal, div, mul, NotDifferentiableError, realPart, reshape, sub, type Value } from "@paramat/core";
import { type ComplexMatrix, writeMatrices } from "../numeric/complex-matrix.js";
import type { Svd } from "../numeric/jacobi-svd.js";
import { adjoint } from "./adjoint.js";
import { coinciding } from "./coinciding.js";
import { complexMatmul } from "./complex-matmul.js";
import { identityBlock } from "./identity-blocks.js";

/** A = U diag(σ) Vᴴ of tall blocks, each an op of the blocks: U [2, F, m, n], σ [F, n], V [2, F, n, n]. */
interface Triple {
  readonly u: Value;
  readonly sigma: Value;
  readonly v: Value;
}

/**
 * U and V of tall blocks as ops of them. The phases of a pair uᵢ, vᵢ are free, and singular values do not depend on them; the rules keep vᵢᴴ dvᵢ = 0,
 * which makes every derivative of σ right.
 * @param sigmaOf σ as an op of the blocks
 * @throws NotDifferentiableError when differentiated where singular values of a block coincide, or (for U) one is 0
 */
export function singularVectors(
  blocks: Value,
  svds: readonly Svd[],
  sigmaOf: (blocks: Value) => Value,
): { readonly u: Value; readonly v: Value } {
  const { backend, shape } = blocks;
  const [rows, cols] = shape.slice(2) as [number, number];
  const tolerance = rows * backend.epsilon;
  const numbers = (of: (svd: Svd) => ComplexMatrix, m: number) => writeMatrices(backend, svds.map(of), m, cols);
  const right = customDerivative({
    name: "rightSingularVectors",
    f: () => numbers(({ v }) => v, cols),
    jvp([a], [da], v) {
      requireDistinct(svds, tolerance);
      return rightTangent({ u: left(a as Value), sigma: sigmaOf(a as Value), v }, da as Value);
    },
  });
  const left = customDerivative({
    name: "leftSingularVectors",
    f: () => numbers(({ u }) => u, rows),
    jvp([a], [da], u) {
      requireDistinct(svds, tolerance);
      requirePositive(svds, tolerance);
      return leftTangent({ u, sigma: sigmaOf(a as Value), v: right(a as Value) }, a as Value, da as Value);
    },
  });
  return { u: left(blocks), v: right(blocks) };
}

/** With M = Uᴴ dA V: dV = V N, Nᵢⱼ = (σᵢ Mᵢⱼ + σⱼ M̄ⱼᵢ)/(σⱼ² − σᵢ²), from the eigenvectors of AᴴA; N is 0 on the diagonal. */
function rightTangent({ u, sigma, v }: Triple, da: Value): Value {
  const m = complexMatmul(complexMatmul(u, da, { adjointA: true }), v);
  const [row, column] = [acrossRows(sigma), acrossColumns(sigma)];
  const identity = realPart(identityBlock(sigma.backend, sigma.shape[1] as number));
  const gap = mul(sub(column, row), add(column, row));
  const numerator = add(mul(m, row), mul(adjoint(m), column));
  return complexMatmul(v, div(mul(numerator, sub(1, identity)), add(gap, identity)));
}

/** U = A V Σ⁻¹: dU = (dA V + A dV − U dΣ) Σ⁻¹. */
function leftTangent({ u, sigma, v }: Triple, a: Value, da: Value): Value {
  const moved = add(complexMatmul(da, v), complexMatmul(a, rightTangent({ u, sigma, v }, da)));
  const dSigma = realPart(diagonal(complexMatmul(complexMatmul(u, da, { adjointA: true }), v)));
  return div(sub(moved, mul(u, acrossColumns(dSigma))), acrossColumns(sigma));
}

function acrossColumns(values: Value): Value {
  return reshape(values, [values.shape[0] as number, 1, values.shape[1] as number]);
}

function acrossRows(values: Value): Value {
  return reshape(values, [...values.shape, 1]);
}

function requireDistinct(svds: readonly Svd[], tolerance: number): void {
  svds.forEach(({ sigma }, f) => {
    const group = coinciding(sigma, null, tolerance * (sigma[0] as number))[0];
    if (!group) return;
    throw new NotDifferentiableError(
      `singularValues: values ${group.join(", ")} of block ${f} coincide (${sigma[group[0] as number]}); second derivatives need distinct ones: move θ`,
    );
  });
}

function requirePositive(svds: readonly Svd[], tolerance: number): void {
  svds.forEach(({ sigma }, f) => {
    const zero = sigma.findIndex((s) => s <= tolerance * (sigma[0] as number));
    if (zero < 0) return;
    throw new NotDifferentiableError(
      `singularValues: value ${zero} of block ${f} is 0 to rounding (${sigma[zero]}); second derivatives need positive ones: move θ`,
    );
  });
}
