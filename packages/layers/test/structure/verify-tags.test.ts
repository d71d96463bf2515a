import { add, mul, neg, type Value } from "@paramat/core";
import { describe, expect, test } from "vitest";
import {
  antisymmetricMatrix,
  convolution,
  denseMatrix,
  diagonalMatrix,
  hankel,
  lowerTriangular,
  mMatrix,
  symmetricMatrix,
  toeplitz,
} from "../../src/index.js";
import type { Parameterization } from "../../src/parameterization.js";
import { verifyTags } from "../../src/structure/index.js";
import { findCounterexample } from "../../src/structure/tag-counterexample.js";
import type { Tag } from "../../src/tag.js";
import { backend } from "./dense-oracle.js";

const holds = (K: Parameterization) => verifyTags(K, backend, { seed: 3 });

describe("tags are verified", () => {
  test("those of the parameterizations hold", () => {
    const all = [
      diagonalMatrix(3),
      antisymmetricMatrix(4),
      symmetricMatrix(3),
      lowerTriangular(4),
      toeplitz(3, 4),
      hankel(3),
      mMatrix(3),
      denseMatrix([2], [2]),
    ];
    for (const K of all) expect(holds(K), K.name).toMatchObject({ ok: true, error: 0 });
    expect(holds(denseMatrix([2], [2])).detail).toBe("none claimed");
    for (const c of [1, 2]) {
      for (const grid of [[5], [3, 4], [2, 3, 3]]) {
        const K = convolution([...grid, c], { channels: c, kernel: grid.map(() => 2), boundary: "periodic" });
        expect(holds({ ...K, tags: ["bccb"] }), `${K.inShape}`).toMatchObject({ ok: true });
      }
    }
  });

  test.each([
    ["diagonal", denseMatrix([3], [3])],
    ["symmetric", denseMatrix([3], [3])],
    ["symmetric", antisymmetricMatrix(3)],
    ["antisymmetric", symmetricMatrix(3)],
    ["positiveSemidefinite", symmetricMatrix(3)],
    ["positiveSemidefinite", denseMatrix([2], [2])],
    ["orthogonal", diagonalMatrix(3)],
    ["lowerTriangular", toeplitz(3, 3)],
    ["upperTriangular", lowerTriangular(3)],
    ["banded", lowerTriangular(3)],
    ["toeplitz", hankel(3)],
    ["hankel", toeplitz(3, 3)],
    ["circulant", toeplitz(3, 3)],
    ["circulant", convolution([3, 2, 1], { channels: 1, kernel: [2, 2], boundary: "periodic" })],
    ["bccb", convolution([3, 4, 1], { channels: 1, kernel: [2, 2], boundary: ["periodic", "zero"] })],
    ["bccb", convolution([4, 1], { channels: 1, kernel: 2, stride: 2, boundary: "periodic" })],
    ["mMatrix", denseMatrix([3], [3])],
    ["diagonal", denseMatrix([3], [2])],
  ] as const)("a wrong %s is refused with a counterexample: %o", (tag, K) => {
    const { ok, error, detail } = verifyTags({ ...K, tags: [tag] } as Parameterization, backend);
    expect(ok).toBe(false);
    expect(error).toBeGreaterThan(1e-3);
    expect(detail).toMatch(new RegExp(`^${tag} is wrong: at θ = \\[.*\\], .*(must be|only a square matrix).*`));
  });

  test("the counterexample names the entry and both values", () => {
    const matrix = (rows: number[][]) => ({
      rows: rows.length,
      cols: rows[0]!.length,
      entries: Float64Array.from(rows.flat()),
      inShape: [rows[0]!.length],
      outShape: [rows.length],
    });
    const found = (tag: Tag, rows: number[][]) => findCounterexample(tag, matrix(rows), 2 ** -52)?.words;
    expect(
      found("symmetric", [
        [1, 2],
        [3, 4],
      ]),
    ).toBe("K(0, 1) = 2, which must be K(1, 0) = 3");
    expect(
      found("antisymmetric", [
        [0, 2],
        [3, 0],
      ]),
    ).toBe("K(0, 1) = 2, which must be −K(1, 0) = -3");
    expect(
      found("diagonal", [
        [1, 2],
        [0, 4],
      ]),
    ).toBe("K(0, 1) = 2, which must be 0");
    expect(
      found("mMatrix", [
        [1, 2],
        [-1, 4],
      ]),
    ).toBe("K(0, 1) = 2, which must be ≤ 0");
    expect(
      found("mMatrix", [
        [1, -3],
        [-1, 4],
      ]),
    ).toBe("the sum of row 0 = -2, which must be ≥ 0");
    expect(
      found("orthogonal", [
        [1, 0],
        [0, 3],
      ]),
    ).toBe("⟨column 1, column 1⟩ = 9, which must be 1");
    expect(
      found("positiveSemidefinite", [
        [1, 0],
        [0, -2],
      ]),
    ).toBe("the smallest eigenvalue = -2, which must be ≥ 0");
    expect(
      found("toeplitz", [
        [1, 2],
        [3, 4],
      ]),
    ).toBe("K(1, 1) = 4, which must be K(0, 0) = 1");
    expect(
      found("circulant", [
        [1, 2],
        [2, 1],
      ]),
    ).toBeUndefined();
    expect(
      found("symmetric", [
        [0, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
    expect(
      found("symmetric", [
        [1, Number.NaN],
        [1, 1],
      ]),
    ).toContain("NaN");
  });

  test("θ is drawn within the constraint: an M-matrix is one for θ ≥ 0 only", () => {
    const K = mMatrix(3);
    expect(holds(K).ok).toBe(true);
    const { constraint: _, ...free } = K;
    expect(holds(free as Parameterization).ok).toBe(false);
  });

  test("a tag that is right but for one forgotten sign is caught", () => {
    const K = antisymmetricMatrix(3);
    const wrong = { ...K, apply: (t: Value, y: Value) => add(K.apply(t, y), mul(y, 1e-6)) };
    expect(holds(wrong).detail).toMatch(/^antisymmetric is wrong/);
    expect(holds({ ...K, apply: (t: Value, y: Value) => neg(K.apply(t, y)) }).ok).toBe(true);
  });
});
