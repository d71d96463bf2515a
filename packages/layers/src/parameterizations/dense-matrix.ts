import { matmul, type Rng, reshape, type Shape, ShapeError, showShape, sizeOf, type Value } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import { randomNormal } from "./random-normal.js";

/**
 * Every entry is a parameter: K(θ) = θ ∈ R^{m×n}, Q = I. Inputs with several axes are taken as vectors (row-major).
 * @param inShape of one example; n is its number of entries
 * @param outShape of one result; m is its number of entries
 * @throws ShapeError if a size is not positive
 */
export function denseMatrix(inShape: Shape, outShape: Shape): Parameterization {
  const n = sizeOf(inShape);
  const m = sizeOf(outShape);
  if (![...inShape, ...outShape].every((size) => Number.isInteger(size) && size > 0)) {
    throw new ShapeError(`denseMatrix: from ${showShape(inShape)} to ${showShape(outShape)}; every size must be a positive integer`);
  }
  const rows = (x: Value, size: number) => reshape(x, [x.shape[0] as number, size]);
  const shaped = (x: Value, shape: Shape) => reshape(x, [x.shape[0] as number, ...shape]);
  return {
    name: "denseMatrix",
    thetaShape: [m, n],
    numParams: m * n,
    inShape,
    outShape,
    // Examples are rows: Z = Y θᵀ.
    apply: (theta, y) => shaped(matmul(rows(y, n), theta, { transposeB: true }), outShape),
    applyTranspose: (theta, z) => shaped(matmul(rows(z, m), theta), inShape),
    // Σₑ z yᵀ
    jacobianTranspose: (y, z) => matmul(rows(z, m), rows(y, n), { transposeA: true }),
    init: (rng: Rng, backend) => randomNormal(rng, backend, [m, n], Math.sqrt(2 / n)),
  };
}
