import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunksOf } from "../../../src/gpu/sum/chunks-of.js";

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

describe("chunksOf", () => {
  it("leaves short sums whole, and long ones of which there are many", () => {
    expect(chunksOf(1, [256])).toEqual([256]);
    expect(chunksOf(2 ** 20, [2000])).toEqual([2000]);
  });

  it("cuts outer axes before inner ones", () => {
    expect(chunksOf(150, [64, 24, 24])).toEqual([1, 8, 24]);
    expect(chunksOf(1, [100_003])).toEqual([320]);
  });

  it("cuts so that no thread has more than some thousand turns, and the parts stay few enough to be held", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 22 }),
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 3 }),
        (outputs, sizes) => {
          const chunks = chunksOf(outputs, sizes);
          const terms = product(sizes);
          const parts = product(sizes.map((size, a) => Math.ceil(size / chunks[a]!)));
          expect(chunks.every((chunk, a) => chunk >= 1 && chunk <= sizes[a]!)).toBe(true);
          if (outputs * terms <= 2 ** 34) expect(product(chunks)).toBeLessThan(2 * 2048);
          if (parts > 1) expect(outputs * parts).toBeLessThan(2 ** 25);
        },
      ),
      { numRuns: 500 },
    );
  });
});
