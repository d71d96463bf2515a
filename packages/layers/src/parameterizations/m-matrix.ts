import { abs, type Shape, ShapeError } from "@paramat/core";
import { nonNegative } from "../constraints/non-negative.js";
import { fromEntries } from "../plugin/from-entries.js";
import type { ExplicitParameterization, MatrixEntry } from "../plugin/matrix-entries.js";
import { randomNormal } from "./random-normal.js";
import { squareSize } from "./vector-shape.js";

export interface MMatrixOptions {
  /** Where off-diagonal entries are: θ_k belongs to the k-th edge (i, j), i ≠ j. Every pair, row by row, if left out; `gridNeighbours` for a grid. */
  readonly edges?: Iterable<readonly [i: number, j: number]>;
}

/**
 * An M-matrix with zero row sums, like a differential operator (lecture, "Parametric Models"): K[i, j] = −θ_k on edge k = (i, j), and on the diagonal
 * the sum of the row's θ, so (K(θ)y)_i = Σ_{k = (i, j)} θ_k (y_i − y_j). Without `edges` the graph is complete,
 * K = [θ₁+θ₂ −θ₁ −θ₂; −θ₃ θ₃+θ₄ −θ₄; −θ₅ −θ₆ θ₅+θ₆] for n = 3, p = n(n−1). It is an M-matrix for θ ≥ 0, which its constraint says.
 * @param size n, or the shape of one example, whose points are numbered row-major
 * @throws ShapeError if a size is not a positive integer, or an edge leads outside, from a point to itself, or is listed twice
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { gridNeighbours, mMatrix, toDense } from "@paramat/layers";
 * const laplacian = mMatrix(3, { edges: gridNeighbours([3]) });
 * toDense(laplacian, ndarray(cpu(), [1, 1, 1, 1])).toNested(); // → [[1, -1, 0], [-1, 2, -1], [0, -1, 1]]
 */
export function mMatrix(size: number | Shape, options: MMatrixOptions = {}): ExplicitParameterization {
  const { n, ...shapes } = squareSize("mMatrix", size);
  const edges = [...(options.edges ?? everyPair(n))];
  edges.forEach(([i, j], k) => {
    if (i === j) throw new ShapeError(`mMatrix: edge ${k} leads from ${i} to itself; the diagonal follows from the row's other entries`);
    if (!isPoint(i, n) || !isPoint(j, n)) throw new ShapeError(`mMatrix: edge ${k} is (${i}, ${j}); points are integers in 0 … ${n - 1}`);
  });
  return fromEntries({
    name: "mMatrix",
    rows: n,
    cols: n,
    ...shapes,
    numParams: edges.length,
    tags: ["mMatrix"],
    constraint: nonNegative,
    // θ about 1/degree keeps the size of y, as y_i − y_j has about twice its variance.
    init: (rng, backend) => abs(randomNormal(rng, backend, [edges.length], n / Math.max(edges.length, 1))),
    entries: entriesOf(n, edges),
  });
}

function* everyPair(n: number): Iterable<[number, number]> {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) if (i !== j) yield [i, j];
  }
}

function* entriesOf(n: number, edges: readonly (readonly [number, number])[]): Iterable<MatrixEntry> {
  const rows = Array.from({ length: n }, (): [number, number][] => []);
  for (const [k, [i, j]] of edges.entries()) {
    rows[i]?.push([k, 1]);
    yield [i, j, [[k, -1]]];
  }
  for (const [i, terms] of rows.entries()) if (terms.length > 0) yield [i, i, terms];
}

function isPoint(i: number, n: number): boolean {
  return Number.isInteger(i) && i >= 0 && i < n;
}
