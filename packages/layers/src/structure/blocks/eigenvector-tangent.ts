import { add, complexAbs2, complexMul, conj, div, mul, realPart, reshape, sub, type Value } from "@paramat/core";
import { blockSolve } from "./block-solve.js";
import { complexMatmul } from "./complex-matmul.js";
import { identityBlock } from "./identity-blocks.js";

/**
 * dV of A V = V diag(λ): V C, Cᵢⱼ = (V⁻¹ dA V)ᵢⱼ / (λⱼ − λᵢ), 0 on the diagonal (no column changes its length or phase to first order).
 * @param v [2, F, n, n] @param lambda [2, F, n], distinct in each block @param da [2, F, n, n]
 */
export function eigenvectorTangent(v: Value, lambda: Value, da: Value): Value {
  const [, count, n] = lambda.shape as readonly [number, number, number];
  const identity = identityBlock(v.backend, n);
  // 1 on the diagonal, where nothing is divided.
  const gap = add(sub(reshape(lambda, [2, count, 1, n]), reshape(lambda, [2, count, n, 1])), identity);
  const moved = mul(blockSolve(v, complexMatmul(da, v)), sub(1, realPart(identity)));
  return complexMatmul(v, div(complexMul(moved, conj(gap)), complexAbs2(gap)));
}
