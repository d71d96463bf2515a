import { mul, type Shape, sizeOf, sum } from "@paramat/core";
import { checkedContractions, checkedForm } from "../plugin/checked-contractions.js";
import { type ExplicitParameterization, matrixEntries } from "../plugin/matrix-entries.js";
import { identityForm } from "../structure/identity-form.js";
import { randomNormal } from "./random-normal.js";
import { vectorShape } from "./vector-shape.js";

/**
 * A diagonal matrix: (K(θ)y)_i = θ_i y_i (lecture, "Parametric Models"), p = n. On a grid θ has the shape of one example, a number for each point
 * and channel.
 * @param size n, or the shape of one example
 * @throws ShapeError if a size is not a positive integer
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { diagonalMatrix } from "@paramat/layers";
 * diagonalMatrix(3).apply(ndarray(cpu(), [2, 3, 4]), ndarray(cpu(), [[1, 10, 100]])).toNested(); // → [[2, 30, 400]]
 */
export function diagonalMatrix(size: number | Shape): ExplicitParameterization {
  const shape = vectorShape("diagonalMatrix", size);
  const n = sizeOf(shape);
  const declared = { name: "diagonalMatrix", thetaShape: shape, inShape: shape, outShape: shape };
  const contractions = checkedContractions({
    ...declared,
    apply: mul,
    applyTranspose: mul,
    jacobianTranspose: (y, z) => sum(mul(y, z), { axes: 0 }),
  });
  return {
    ...declared,
    numParams: n,
    tags: ["diagonal", "symmetric", "lowerTriangular", "upperTriangular", "banded"],
    ...contractions,
    init: (rng, backend) => randomNormal(rng, backend, shape, Math.SQRT2),
    blockForm: checkedForm(
      declared,
      identityForm(shape, shape, n, (theta) => theta),
    ),
    entries: () =>
      matrixEntries(
        "diagonalMatrix",
        n,
        n,
        n,
        Array.from({ length: n }, (_, i) => [i, i, [[i, 1]]] as const),
      ),
  };
}
