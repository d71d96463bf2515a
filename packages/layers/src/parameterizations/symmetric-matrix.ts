import type { Shape } from "@paramat/core";
import { fromEntries } from "../plugin/from-entries.js";
import type { ExplicitParameterization } from "../plugin/matrix-entries.js";
import { squareSize } from "./vector-shape.js";

/**
 * A symmetric matrix, K(θ)ᵀ = K(θ), so its eigenvalues are real: θ is the diagonal and what is above it, row by row,
 * K = [θ₁ θ₂ θ₃; θ₂ θ₄ θ₅; θ₃ θ₅ θ₆] for n = 3. p = n(n+1)/2.
 * @param size n, or the shape of one example
 * @throws ShapeError if a size is not a positive integer
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { symmetricMatrix, toDense } from "@paramat/layers";
 * toDense(symmetricMatrix(2), ndarray(cpu(), [1, 2, 3])).toNested(); // → [[1, 2], [2, 3]]
 */
export function symmetricMatrix(size: number | Shape): ExplicitParameterization {
  const { n, ...shapes } = squareSize("symmetricMatrix", size);
  const above = (i: number, j: number) => i * n - (i * (i - 1)) / 2 + (j - i);
  return fromEntries({
    name: "symmetricMatrix",
    rows: n,
    cols: n,
    ...shapes,
    numParams: (n * (n + 1)) / 2,
    tags: ["symmetric"],
    entries: (i, j) => [[above(Math.min(i, j), Math.max(i, j)), 1]],
  });
}
