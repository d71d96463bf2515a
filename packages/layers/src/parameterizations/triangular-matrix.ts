import type { Shape } from "@paramat/core";
import { fromEntries } from "../plugin/from-entries.js";
import type { ExplicitParameterization } from "../plugin/matrix-entries.js";
import { squareSize } from "./vector-shape.js";

/**
 * A lower triangular matrix: K[i, j] = 0 for j > i. θ is the triangle with its diagonal, row by row, K = [θ₁ 0 0; θ₂ θ₃ 0; θ₄ θ₅ θ₆] for n = 3.
 * p = n(n+1)/2.
 * @param size n, or the shape of one example
 * @throws ShapeError if a size is not a positive integer
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { lowerTriangular, toDense } from "@paramat/layers";
 * toDense(lowerTriangular(2), ndarray(cpu(), [1, 2, 3])).toNested(); // → [[1, 0], [2, 3]]
 */
export function lowerTriangular(size: number | Shape): ExplicitParameterization {
  const { n, ...shapes } = squareSize("lowerTriangular", size);
  return fromEntries({
    name: "lowerTriangular",
    rows: n,
    cols: n,
    ...shapes,
    numParams: (n * (n + 1)) / 2,
    tags: ["lowerTriangular"],
    entries: (i, j) => (j <= i ? [[(i * (i + 1)) / 2 + j, 1]] : null),
  });
}

/**
 * An upper triangular matrix: K[i, j] = 0 for j < i. θ is the triangle with its diagonal, row by row, K = [θ₁ θ₂ θ₃; 0 θ₄ θ₅; 0 0 θ₆] for n = 3.
 * p = n(n+1)/2.
 * @param size n, or the shape of one example
 * @throws ShapeError if a size is not a positive integer
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { toDense, upperTriangular } from "@paramat/layers";
 * toDense(upperTriangular(2), ndarray(cpu(), [1, 2, 3])).toNested(); // → [[1, 2], [0, 3]]
 */
export function upperTriangular(size: number | Shape): ExplicitParameterization {
  const { n, ...shapes } = squareSize("upperTriangular", size);
  return fromEntries({
    name: "upperTriangular",
    rows: n,
    cols: n,
    ...shapes,
    numParams: (n * (n + 1)) / 2,
    tags: ["upperTriangular"],
    entries: (i, j) => (j >= i ? [[i * n - (i * (i - 1)) / 2 + (j - i), 1]] : null),
  });
}
