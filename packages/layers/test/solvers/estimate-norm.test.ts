import { cpu } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import { expect, test } from "vitest";
import { convolution, denseMatrix, diagonalMatrix, estimateNorm, singularValues } from "../../src/index.js";

const backend = cpu("float64");

test("largest entry of a diagonal, also where the second is all but as large", () => {
  const close = ndarray(backend, [1, 1 - 1e-6, -0.5, 0.25, 1e-9]);
  const { norm, outcome } = estimateNorm(diagonalMatrix(5), close, { tolerance: 1e-13 });
  expect(outcome).toBe("converged");
  expect(Math.abs(norm - 1)).toBeLessThan(1e-13);
});

// The power method stops 7e-6 below here, on a plateau, and calls that converged.
test("two singular values that nearly coincide, in a 5×5 Toeplitz matrix", () => {
  const stream = rng(839355);
  const K = convolution([5, 1], { channels: 1, kernel: 3 });
  const theta = ndarray(
    backend,
    Float64Array.from({ length: 3 }, () => stream.normal()),
    K.thetaShape,
  );
  const largest = singularValues(K, theta).toArray()[0] as number;
  expect(Math.abs(estimateNorm(K, theta, { tolerance: 1e-13 }).norm / largest - 1)).toBeLessThan(1e-12);
});

test("no matrix of 10⁵ entries each way is formed: the Laplacian's norm is 4", () => {
  const K = convolution([100_000, 1], { channels: 1, kernel: 3, boundary: "periodic" });
  const { norm, outcome } = estimateNorm(K, ndarray(backend, [-1, 2, -1], [3, 1, 1]), { tolerance: 1e-4 });
  expect(outcome).toBe("converged");
  expect(norm).toBeLessThanOrEqual(4 + 1e-12);
  expect(norm).toBeGreaterThan(3.98);
});

test("zero matrices, and steps that do not suffice", () => {
  expect(estimateNorm(denseMatrix([3], [2]), ndarray(backend, new Float64Array(6), [2, 3]))).toMatchObject({
    norm: 0,
    outcome: "converged",
  });
  const many = ndarray(
    backend,
    Float64Array.from({ length: 50 }, (_, i) => 1 - i / 1000),
  );
  expect(estimateNorm(diagonalMatrix(50), many, { tolerance: 1e-15, maxIterations: 3 }).outcome).toBe("not converged");
});
