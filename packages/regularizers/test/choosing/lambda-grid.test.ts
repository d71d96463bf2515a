import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { lambdaGrid } from "../../src/choosing/lambda-grid.js";
import { matrixProblem } from "../../src/choosing/matrix-problem.js";

const diagonal = (precision: "float32" | "float64", ...sigma: number[]) => {
  const backend = cpu(precision);
  const matrix = sigma.map((s, i) => sigma.map((_, j) => (i === j ? s : 0)));
  return matrixProblem(ndarray(backend, matrix), ndarray(backend, new Array<number>(sigma.length).fill(1)));
};

describe("lambdaGrid", () => {
  it("goes evenly in log λ from the least σ² to the largest", () => {
    const grid = Array.from(lambdaGrid("test", diagonal("float64", 10, 1, 0.1), { count: 5 }));
    [1e-2, 10 ** -1, 1, 10, 100].forEach((lambda, k) => {
      expect(grid[k]! / lambda).toBeCloseTo(1, 12);
    });
    expect(lambdaGrid("test", diagonal("float64", 1), { count: 3 })[2]).toBeCloseTo(10, 12);
  });

  it("looks at no λ that rounding decides: the precision is the backend's", () => {
    const sigma = [1, 1e-5, 1e-9];
    expect(lambdaGrid("test", diagonal("float64", ...sigma))[0]! / 1e-18).toBeCloseTo(1, 5);
    expect(lambdaGrid("test", diagonal("float32", ...sigma))[0]).toBeCloseTo((16 * cpu("float32").epsilon) ** 2, 15);
    expect(lambdaGrid("test", diagonal("float64", 1, 1e-20))[0]).toBeCloseTo((16 * Number.EPSILON) ** 2, 35);
  });
});
