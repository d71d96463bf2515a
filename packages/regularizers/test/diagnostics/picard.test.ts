import { DataError, matmul, ndarray, norm } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { picard } from "../../src/diagnostics/picard.js";
import { backend, normal } from "../fixtures/trees.js";

describe("picard", () => {
  it("has the sizes of the solution's terms: their squares add up to ‖w‖² of the least-squares solution", () => {
    const [Z, w] = [normal(1, 9, 5), normal(2, 5, 3)];
    const { terms } = picard(Z, matmul(Z, w));
    const total = terms.reduce((s, { quotient }) => s + quotient ** 2, 0);
    expect(Math.sqrt(total)).toBeCloseTo(norm(w).item(), 12);
  });

  it("is a table, with no quotient where σ is 0", () => {
    const Z = ndarray(backend, [
      [2, 0],
      [0, 0],
    ]);
    const found = picard(Z, ndarray(backend, [3, 1]));
    expect(found.terms.map(({ quotient }) => quotient)).toEqual([1.5, Number.NaN]);
    expect(String(found).split("\n")).toEqual([
      "i         σ     |uᵀc|   |uᵀc|/σ",
      "1  2.000e+0  3.000e+0  1.500e+0",
      "2  0.000e+0  0.000e+0         –",
    ]);
  });

  it("refuses a right-hand side of other examples", () => {
    expect(() => picard(normal(1, 3, 2), normal(2, 2))).toThrow(
      "picard: Z has shape [3, 2], c [2]; they must be [examples, …features], with entries, and [examples] or [examples, classes]",
    );
  });

  it("refuses NaN, and says where", () => {
    const Z = ndarray(backend, [
      [1, Number.NaN],
      [2, 3],
    ]);
    expect(() => picard(Z, ndarray(backend, [1, 2]))).toThrow(
      new DataError("picard: Z, [2, 2], has 1 of 4 numbers NaN or infinite, the first at [0, 1]; leave them out, or fill them in"),
    );
  });
});
