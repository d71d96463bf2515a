import { describe, expect, it } from "vitest";
import { productOf } from "../../../src/wasm/contract/product.js";
import { testBuffer } from "../run-launch.js";

const view = (...strides: readonly number[]) => ({ buffer: testBuffer([]), offset: 0, strides });

describe("productOf", () => {
  it("takes a batch that shares B for more rows", () => {
    const product = productOf({ batch: [5, 7], m: 2, n: 3, k: 4 }, view(56, 8, 4, 1), view(0, 0, 3, 1), 4);
    expect(product).toEqual({ batch: [], m: 70, n: 3, k: 4, a: { row: 16, step: 4 }, b: { step: 12, column: 4 }, swapped: false });
  });

  it("takes a batch of single rows that share A for more columns", () => {
    const product = productOf({ batch: [5], m: 1, n: 3, k: 4 }, view(0, 9, 1), view(3, 15, 1), 8);
    expect(product).toEqual({ batch: [], m: 1, n: 15, k: 4, a: { row: 32, step: 8 }, b: { step: 120, column: 8 }, swapped: false });
  });

  it("takes a single column for a single row of the transposed product", () => {
    const product = productOf({ batch: [], m: 6, n: 1, k: 4 }, view(4, 1), view(1, 1), 4);
    expect(product).toEqual({ batch: [], m: 1, n: 6, k: 4, a: { row: 16, step: 4 }, b: { step: 4, column: 16 }, swapped: true });
  });

  it("joins batch axes that step alike in both factors, and leaves the others", () => {
    const product = productOf({ batch: [2, 3, 1, 5], m: 2, n: 3, k: 4 }, view(120, 40, 77, 8, 4, 1), view(1000, 60, 5, 12, 3, 1), 4);
    expect(product.batch).toEqual([
      { size: 2, a: 480, b: 4000 },
      { size: 15, a: 32, b: 48 },
    ]);
  });
});
