import { fc, test as property } from "@fast-check/vitest";
import { ndarray, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import {
  antisymmetricMatrix,
  type BlockRows,
  block,
  blockDiagonal,
  convolution,
  denseMatrix,
  diagonalMatrix,
  identityOperator,
  lowRank,
  matrixOperator,
  mMatrix,
  type Parameterization,
  toDense,
  zeroOperator,
} from "../../../src/index.js";
import { expectOperator } from "../expect-operator.js";
import { type Matrix, matrix, multiply } from "../naive-matrix.js";
import { backend, diagonalOf, expectParameterization, expectParametric, rows, rowsOf } from "./expect-laws.js";

/** Blocks side by side and below each other. */
function joined(blocks: readonly (readonly Matrix[])[]): number[][] {
  return blocks.flatMap((row) => (row[0] as Matrix).map((_, i) => row.flatMap((A) => A[i] as readonly number[])));
}

const zero = (m: number, n: number) => matrix(m, n, () => 0);

describe("block", () => {
  const layout = fc.record({
    heights: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    widths: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    holes: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
    seed: fc.nat(1e6),
  });
  property.prop([layout], { numRuns: 10 })("is the block matrix; null is zero; θ row by row", ({ heights, widths, holes, seed }) => {
    // The first row and the first column stay, so that every shape is known.
    const isNull = (i: number, j: number) => i > 0 && j > 0 && (holes[3 * i + j] as boolean);
    const blocks = heights.map((m, i) => widths.map((n, j) => (isNull(i, j) ? null : denseMatrix([n], [m]))));
    expectParameterization(
      block(blocks),
      (theta) => {
        let next = 0;
        return joined(
          heights.map((m, i) =>
            widths.map((n, j) => {
              if (isNull(i, j)) return zero(m, n);
              next += m * n;
              return rows(theta.slice(next - m * n, next), n);
            }),
          ),
        );
      },
      seed,
    );
  });

  // Lecture, "The Width of a CNN": z_i = Σ_j K^{ij}(θ^{ij}) y_j.
  property.prop([fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 }), fc.nat(1e6)], { numRuns: 4 })(
    "of convolutions between single channels is the convolution of many channels",
    (cin, cout, seed) => {
      const one = () => convolution([3, 4, 1], { channels: 1, kernel: 3 });
      const K = block(Array.from({ length: cout }, () => Array.from({ length: cin }, one)));
      const many = convolution([3, 4, cin], { channels: cout, kernel: 3 });
      const rearranged = (theta: readonly number[]) =>
        Array.from({ length: 9 * cin * cout }, (_, k) => {
          const [j, c, o] = [Math.floor(k / (cin * cout)), Math.floor(k / cout) % cin, k % cout];
          return theta[(o * cin + c) * 9 + j] as number;
        });
      expectParameterization(K, (theta) => rowsOf(toDense(many, ndarray(backend, rearranged(theta), many.thetaShape))), seed);
    },
  );

  test("fixed blocks are the fixed part; parameters that are not linear are a list", () => {
    const A = [[2, 3]];
    expectParameterization(block([[diagonalMatrix(2)], [matrixOperator(A)]]), (theta) => [...diagonalOf(theta), ...A]);
    const K = block([
      [lowRank([2], [2], 1), diagonalMatrix(2)],
      [null, identityOperator([2])],
    ]);
    expectParametric(K, (theta) => {
      const [factors, d] = theta as unknown as [Parameters<typeof rowsOf>, Parameters<typeof rowsOf>[0]];
      const [U, VT] = factors as unknown as [Parameters<typeof rowsOf>[0], Parameters<typeof rowsOf>[0]];
      return joined([
        [multiply(rowsOf(U), rowsOf(VT)), diagonalOf(d.toArray())],
        [zero(2, 2), diagonalOf([1, 1])],
      ]);
    });
    expectOperator(block([[matrixOperator(A), zeroOperator([1], [1])]]), [2, 3, 0]);
  });

  test("starts with the variance of one block", () => {
    const row: Parameterization[] = Array.from({ length: 4 }, () => denseMatrix([50], [50]));
    const theta = Array.from(block([row]).init(rng(1), backend).toArray());
    expect(theta.reduce((s, t) => s + t * t, 0) / theta.length).toBeCloseTo(2 / 50 / 4, 3);
  });

  test.each<[BlockRows<Parameterization>, string]>([
    [[], "block: rows of no blocks; all must have as many, at least one"],
    [[[diagonalMatrix(2)], []], "block: rows of 1, 0 blocks"],
    [[[diagonalMatrix(2), null]], "block: column 1 holds no block, so its shape is unknown; put zeroOperator(inShape, outShape)"],
    [[[diagonalMatrix(2), diagonalMatrix(3)]], "block: in row 0 diagonalMatrix gives [2], diagonalMatrix gives [3]; they must agree"],
    [[[diagonalMatrix(2)], [diagonalMatrix(3)]], "block: in column 0 diagonalMatrix takes [2], diagonalMatrix takes [3]; they must agree"],
    [
      [[diagonalMatrix([2, 1])], [denseMatrix([2, 1], [3, 1])]],
      "block: rows of [2, 1] and [3, 1]; all axes but the last (the channels) must agree",
    ],
  ])("refuses blocks that do not fit: %#", (blocks, message) => {
    expect(() => block(blocks)).toThrow(message);
  });
});

describe("blockDiagonal", () => {
  test("has the blocks on its diagonal, and passes on what holds of each", () => {
    const K = blockDiagonal([antisymmetricMatrix(2), antisymmetricMatrix(3)]);
    expect(K.tags).toContain("antisymmetric");
    expectParameterization(K, (theta) => {
      const [a, b, c, d] = theta as [number, number, number, number];
      return joined([
        [rows([0, a, -a, 0], 2), zero(2, 3)],
        [zero(3, 2), rows([0, b, c, -b, 0, d, -c, -d, 0], 3)],
      ]);
    });
    expectOperator(blockDiagonal([identityOperator([1]), matrixOperator([[5]])]), [1, 0, 0, 5]);
  });

  test("on a grid acts on channels apart; only tags that survive another order of the points remain", () => {
    const points = [2, 1];
    const K = blockDiagonal([mMatrix(points), mMatrix(points)]);
    expect(K.tags).toEqual(["mMatrix"]);
    expectParameterization(K, (theta) => {
      const [a, b, c, d] = theta as [number, number, number, number];
      return rows([a, 0, -a, 0, 0, c, 0, -c, -b, 0, b, 0, 0, -d, 0, d], 4);
    });
  });

  test("refuses nothing", () => {
    expect(() => blockDiagonal([])).toThrow("blockDiagonal: no blocks were given");
  });
});
