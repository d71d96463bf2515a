import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { BackendError, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { convolution, denseMatrix, fromEntries, matrixQ, mMatrix, type Parameterization, toDense } from "../../src/index.js";

const backend = cpu("float64");

/** mat(Qθ) + A₀, row-major, from the triplets. */
function matOf(Q: ReturnType<typeof matrixQ>, theta: ArrayLike<number>, m: number, n: number) {
  const vec = new Float64Array(m * n);
  Q.values.forEach((value, t) => {
    vec[Q.rows[t] as number] = (vec[Q.rows[t] as number] as number) + value * (theta[Q.cols[t] as number] as number);
  });
  Q.constant.rows.forEach((row, t) => {
    vec[row] = (vec[row] as number) + (Q.constant.values[t] as number);
  });
  return Float64Array.from({ length: m * n }, (_, k) => (Q.order === "rowMajor" ? vec[k] : vec[(k % n) * m + Math.floor(k / n)]) as number);
}

describe("matrixQ", () => {
  const operators: [string, Parameterization, number, number][] = [
    ["a convolution", convolution([5, 1], { channels: 2, kernel: 3, boundary: "periodic" }), 10, 5],
    ["a dense matrix", denseMatrix([3], [2]), 2, 3],
    ["an M-matrix", mMatrix(4), 4, 4],
    [
      "an affine one",
      fromEntries({
        rows: 2,
        cols: 3,
        numParams: 2,
        entries: [
          [0, 1, [[0, 2]], 7],
          [
            1,
            2,
            [
              [0, -1],
              [1, 1],
            ],
          ],
          [1, 0, [], -4],
        ],
      }),
      2,
      3,
    ],
  ];
  const blind = operators.map(([name, K, m, n]): (typeof operators)[number] => {
    const { entries: _, ...rest } = K as Parameterization & { entries?: unknown };
    return [`${name}, by probing`, rest, m, n];
  });

  test.each([...operators, ...blind])("mat(Qθ) + A₀ is K(θ) for %s, in both orders of vec", (_, K, m, n) => {
    const theta = K.init(rng(4), backend);
    for (const order of ["columnMajor", "rowMajor"] as const) {
      const found = matOf(matrixQ(K, { backend, order }), theta.toArray(), m, n);
      const expected = toDense(K, theta).toArray();
      found.forEach((x, k) => void expect(x).toBeCloseTo(expected[k] as number, 13));
    }
  });

  property.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })], { numRuns: 20 })(
    "a dense matrix has Q = I for the row-major vec, and a permutation for the other",
    (m, n) => {
      const Q = matrixQ(denseMatrix([n], [m]), { backend, order: "rowMajor" });
      expect([...Q.rows]).toEqual([...Q.cols]);
      const P = matrixQ(denseMatrix([n], [m]), { backend });
      P.rows.forEach((row, t) => void expect(P.cols[t]).toBe((row % m) * n + Math.floor(row / m)));
      expect(P.values).toEqual(new Float64Array(m * n).fill(1));
    },
  );

  test("names parameters by their place in θ", () => {
    expect(matrixQ(denseMatrix([2], [2]), { backend }).parameterNames).toEqual(["θ[0, 0]", "θ[0, 1]", "θ[1, 0]", "θ[1, 1]"]);
  });

  test("asks for a backend only where it must probe", () => {
    expect(() => matrixQ(denseMatrix([2], [2]))).toThrow(BackendError);
    expect(() => matrixQ(denseMatrix([2], [2]))).toThrow(
      "matrixQ: denseMatrix does not say its entries, so Q is found by probing; pass { backend }",
    );
  });

  test("refuses a matrix with more entries than rows can be numbered", () => {
    const huge = { ...mMatrix(2), inShape: [2 ** 16], outShape: [2 ** 16] };
    expect(() => matrixQ(huge)).toThrow(RangeError);
  });

  test("probes each unit vector of θ once", () => {
    const seen: number[][] = [];
    const K = denseMatrix([1], [2]);
    matrixQ(
      {
        ...K,
        apply: (theta, y) => {
          seen.push(Array.from(theta.toArray()));
          return K.apply(theta, y);
        },
      },
      { backend },
    );
    expect(seen).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });
});
