import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutLoops } from "../../../src/wasm/convolve/cut.js";

const loop = (count: number) => ({ count, steps: [] });

describe("cutLoops", () => {
  it("every turn of the cut loop is in one block, and blocks are full but the last", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 8 }),
        (counts, target, threads) => {
          const { before, axis, after, block, blocks, lastBlock, units } = cutLoops(counts.map(loop), target, threads);
          expect([...before, axis, ...after].map(({ count }) => count)).toEqual(counts);
          expect((blocks - 1) * block + lastBlock).toBe(axis.count);
          expect(lastBlock).toBeGreaterThan(0);
          expect(lastBlock).toBeLessThanOrEqual(block);
          expect(units).toBe(before.reduce((product, { count }) => product * count, 1) * blocks);
        },
      ),
    );
  });

  it("one example is shared by two threads, half each", () => {
    const { before, block, units } = cutLoops([1, 62, 62].map(loop), 4096, 2);
    expect(before.length).toBe(1);
    expect([block, units]).toEqual([31, 2]);
  });

  it("sixty-four examples in units of at most 2048 pixels: as many for each thread", () => {
    const { axis, block, units } = cutLoops([64, 18, 18].map(loop), 2048, 2);
    expect(axis.count).toBe(64);
    expect([units % 2, 64 % block]).toEqual([0, 0]);
  });

  it("cuts no loop after the deepest", () => {
    expect(cutLoops([1, 8, 100].map(loop), 1, 4, 1).before.length).toBe(1);
  });
});
