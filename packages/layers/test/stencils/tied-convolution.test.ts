import { cpu } from "@paramat/backends";
import { rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import {
  antisymmetricStencilConvolution,
  doublySymmetricConvolution,
  rediscretize,
  tiedConvolution,
  zeroSumStencilConvolution,
} from "../../src/index.js";
import { dense, values } from "./expect-stencil-model.js";

const backend = cpu("float64");

describe("tiedConvolution", () => {
  test("by hand: a stencil space of two, on one axis", () => {
    const K = tiedConvolution("mine", [4, 1], { channels: 1, kernel: 3 }, () => ({
      basis: [
        [1, 2, 1],
        [1, 0, -1],
      ],
    }));
    expect(dense(K, values([1, 10], [2, 1, 1]))).toEqual([
      [2, 11, 0, 0],
      [-9, 2, 11, 0],
      [0, -9, 2, 11],
      [0, 0, -9, 2],
    ]);
    expect(K.tags ?? []).not.toContain("symmetric");
  });

  test.each([
    ["doublySymmetric", doublySymmetricConvolution],
    ["antisymmetric", antisymmetricStencilConvolution],
    ["zeroSum", zeroSumStencilConvolution],
  ] as const)("%s stencils stay in their space on other grids, by both rules", (_, build) => {
    const K = build([8, 8, 2], { channels: 2, kernel: [3, 5] });
    const eta = K.init(rng(1), backend);
    for (const by of ["differences", "galerkin"] as const) {
      const grids = { from: 8, to: 16, by };
      // On a grid of the stencil's size without boundary the matrix is one row: the stencil, from last to first.
      const one = build([3, 5, 1], { channels: 1, kernel: [3, 5], boundary: "none" });
      const pair = (x: typeof eta) =>
        values(
          [...x.toArray()].filter((_, i) => i % 4 === 1),
          one.thetaShape,
        );
      const stencil = (x: typeof eta) => [...dense(one, pair(x))[0]!].reverse();
      const expected = rediscretize(values(stencil(eta), [3, 5, 1, 1]), grids).toArray();
      const found = stencil(K.rediscretize(eta, grids));
      const scale = Math.max(...expected.map(Math.abs));
      expected.forEach((x: number, j: number) => expect(Math.abs(x - found[j]!)).toBeLessThan(1e-11 * scale));
    }
  });

  test("refuses a basis that does not fit the kernel, and a wider stencil than its own", () => {
    expect(() => tiedConvolution("mine", [4, 1], { channels: 1, kernel: 3 }, () => ({ basis: [[1, 2]] }))).toThrow(
      "mine: 1 stencils of 2 numbers for η with axes [1] on a kernel of [3]; there must be one of 3 numbers for each entry of the axes",
    );
    expect(() => tiedConvolution("mine", [4, 1], { channels: 1, kernel: 3 }, () => ({ basis: [] }))).toThrow(
      "mine: 0 stencils of no numbers",
    );
    const K = doublySymmetricConvolution([16, 1], { channels: 1, kernel: 7 });
    expect(() => K.rediscretize(K.init(rng(1), backend), { from: 16, to: 32, by: "galerkin" })).toThrow(
      'doublySymmetricConvolution: by Galerkin the stencil becomes [9, 1, 1], wider than [7]; take by: "differences"',
    );
  });
});
