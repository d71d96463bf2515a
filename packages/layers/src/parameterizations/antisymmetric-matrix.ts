import type { Shape } from "@paramat/core";
import { fromEntries } from "../plugin/from-entries.js";
import type { ExplicitParameterization } from "../plugin/matrix-entries.js";
import { squareSize } from "./vector-shape.js";

/**
 * An antisymmetric matrix, K(θ)ᵀ = −K(θ), so its eigenvalues are imaginary (lecture, "Parametric Models"): θ is the upper triangle, row by row,
 * K = [0 θ₁ θ₂; −θ₁ 0 θ₃; −θ₂ −θ₃ 0] for n = 3. p = n(n−1)/2, and Q has full column rank.
 * @param size n, or the shape of one example
 * @throws ShapeError if a size is not a positive integer
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { antisymmetricMatrix, toDense } from "@paramat/layers";
 * toDense(antisymmetricMatrix(3), ndarray(cpu(), [1, 2, 3])).toNested(); // → [[0, 1, 2], [-1, 0, 3], [-2, -3, 0]]
 */
export function antisymmetricMatrix(size: number | Shape): ExplicitParameterization {
  const { n, ...shapes } = squareSize("antisymmetricMatrix", size);
  const above = (i: number, j: number) => i * n - (i * (i + 1)) / 2 + (j - i - 1);
  return fromEntries({
    name: "antisymmetricMatrix",
    rows: n,
    cols: n,
    ...shapes,
    numParams: (n * (n - 1)) / 2,
    tags: ["antisymmetric"],
    entries: (i, j) => (i < j ? [[above(i, j), 1]] : i > j ? [[above(j, i), -1]] : null),
  });
}
