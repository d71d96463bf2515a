import { ndarray } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oscillation } from "../../src/diagnostics/oscillation.js";
import { backend, normal } from "../fixtures/trees.js";

describe("oscillation", () => {
  it("is the frequency of a wave, up to h²", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), (f) => {
        const n = 64;
        const wave = ndarray(
          backend,
          Array.from({ length: n }, (_, j) => Math.cos((2 * Math.PI * f * j) / n)),
        );
        const { frequency, ratio } = oscillation(wave, { boundary: "periodic" });
        // Exactly, the second difference of the wave is −(2n sin(πf/n))² times it.
        expect(ratio / (2 * n * Math.sin((Math.PI * f) / n)) ** 4).toBeCloseTo(1, 10);
        expect(Math.abs(frequency / f - 1)).toBeLessThan((Math.PI * f) ** 2 / (6 * n ** 2) + 1e-9);
      }),
    );
  });

  it("looks at each row of the selected leaves", () => {
    const tree = {
      W: ndarray(backend, [
        [1, 1, 1, 1],
        [1, -1, -1, 1],
      ]),
      bias: normal(1, 2),
    };
    const found = oscillation(tree, { select: (path) => path === ".W", asImages: [2, 2, 1], h: 1 });
    // A checkerboard with its edges repeated: −4 times itself.
    expect(found.rows.map(({ path, row, ratio }) => [path, row, ratio])).toEqual([
      [".W", 0, 0],
      [".W", 1, 16],
    ]);
    expect(found.ratio).toBe(8);
    expect(String(found).split("\n")).toHaveLength(4);
  });

  it("has no ratio for weights that are 0, and refuses a selection of nothing", () => {
    const zero = ndarray(backend, [0, 0, 0]);
    expect(oscillation(zero).ratio).toBeNaN();
    expect(() => oscillation(zero, { select: () => false })).toThrow("oscillation: no leaf is selected");
  });
});
