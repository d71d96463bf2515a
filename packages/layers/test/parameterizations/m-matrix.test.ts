import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { gridNeighbours, matrixQ, mMatrix, parameterRank, reportMMatrix, toDense } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

function naive(n: number, edges: readonly (readonly [number, number])[]) {
  return (theta: ArrayLike<number>) => {
    const matrix = new Float64Array(n * n);
    edges.forEach(([i, j], k) => {
      matrix[i * n + j] = -(theta[k] as number);
      matrix[i * n + i] = (matrix[i * n + i] as number) + (theta[k] as number);
    });
    return matrix;
  };
}

describe("mMatrix", () => {
  const graphs = fc.integer({ min: 2, max: 7 }).chain((n) =>
    fc.record({
      n: fc.constant(n),
      edges: fc.shuffledSubarray(
        Array.from({ length: n * n }, (_, k): [number, number] => [Math.floor(k / n), k % n]).filter(([i, j]) => i !== j),
        { minLength: 1 },
      ),
      seed: fc.integer({ min: 1, max: 1e6 }),
    }),
  );

  property.prop([graphs], { numRuns: 30 })(
    "satisfies the laws on any directed graph; θ_k belongs to edge k; Q has full rank; row sums vanish",
    ({ n, edges, seed }) => {
      const K = mMatrix(n, { edges });
      const report = checkParameterization(K, backend, { seed, oracle: naive(n, edges) });
      expect(report.ok, String(report)).toBe(true);
      expect(parameterRank(matrixQ(K)).isFull).toBe(true);
      const constant = K.apply(K.init(rng(seed), backend), ndarray(backend, new Float64Array(n).fill(3), [1, n])).toArray();
      expect(Math.max(...constant.map(Math.abs))).toBeLessThan(1e-13);
    },
  );

  property.prop([fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 1e6 })], { numRuns: 20 })(
    "starts inside its constraint, so that it is an M-matrix",
    (n, seed) => {
      const K = mMatrix(n);
      const theta = K.init(rng(seed), backend);
      expect(K.constraint?.holds(theta)).toBe(true);
      expect(reportMMatrix(K, theta).holds).toBe(true);
    },
  );

  test("the lecture's 3×3", () => {
    const theta = ndarray(backend, [1, 2, 3, 4, 5, 6]);
    expect(toDense(mMatrix(3), theta).toNested()).toEqual([
      [3, -1, -2],
      [-3, 7, -4],
      [-5, -6, 11],
    ]);
  });

  test("the lecture's Q, 9×6", () => {
    const Q = matrixQ(mMatrix(3));
    const dense = Array.from({ length: 9 }, () => [0, 0, 0, 0, 0, 0]);
    Q.values.forEach((value, t) => {
      (dense[Q.rows[t] as number] as number[])[Q.cols[t] as number] = value;
    });
    expect(dense).toEqual([
      [1, 1, 0, 0, 0, 0],
      [0, 0, -1, 0, 0, 0],
      [0, 0, 0, 0, -1, 0],
      [-1, 0, 0, 0, 0, 0],
      [0, 0, 1, 1, 0, 0],
      [0, 0, 0, 0, 0, -1],
      [0, -1, 0, 0, 0, 0],
      [0, 0, 0, -1, 0, 0],
      [0, 0, 0, 0, 1, 1],
    ]);
    expect(String(parameterRank(Q))).toBe("rank 6 of 6 parameters");
  });

  test("on a periodic grid with θ = 1 it is the negative Laplacian", () => {
    const edges = gridNeighbours([4], { periodic: true });
    const K = mMatrix([4, 1], { edges });
    const theta = ndarray(backend, new Float64Array(edges.length).fill(1));
    expect(toDense(K, theta).toNested()).toEqual([
      [2, -1, 0, -1],
      [-1, 2, -1, 0],
      [0, -1, 2, -1],
      [-1, 0, -1, 2],
    ]);
  });

  test.each<[[number, number][], string]>([
    [
      [
        [0, 1],
        [1, 1],
      ],
      "mMatrix: edge 1 leads from 1 to itself",
    ],
    [[[0, 3]], "mMatrix: edge 0 is (0, 3); points are integers in 0 … 2"],
    [
      [
        [0, 1],
        [0, 1],
      ],
      "are both at (0, 1)",
    ],
  ])("refuses the edges %j", (edges, message) => {
    expect(() => mMatrix(3, { edges })).toThrow(message);
  });
});
