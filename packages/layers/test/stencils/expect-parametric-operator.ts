import { cpu } from "@paramat/backends";
import { leaves, mul, ndarray, rng, sum, type Tree } from "@paramat/core";
import { expect } from "vitest";
import type { ParametricOperator } from "../../src/index.js";
import { dense } from "./expect-stencil-model.js";

const backend = cpu("float64");

/** K(θ) has the given matrix, row-major; its transpose is adjoint to it; and it has as many parameters as it says. */
export function expectParametricOperator<Theta extends Tree>(
  K: ParametricOperator<Theta>,
  theta: Theta,
  matrix: ArrayLike<number>,
  seed: number,
): void {
  const found = dense(K, theta).flat();
  expect(found.length).toBe(matrix.length);
  found.forEach((x, i) => expect(Math.abs(x - matrix[i]!)).toBeLessThan(1e-11 * Math.max(1, Math.abs(x))));
  const stream = rng(seed);
  const random = (shape: readonly number[]) =>
    ndarray(
      backend,
      Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.normal()),
      shape,
    );
  const [y, z] = [random([2, ...K.inShape]), random([2, ...K.outShape])];
  const left = sum(mul(z, K.apply(theta, y))).item();
  const right = sum(mul(K.applyTranspose(theta, z), y)).item();
  const norms = Math.sqrt(sum(mul(z, z)).item() * sum(mul(y, y)).item());
  expect(Math.abs(left - right)).toBeLessThan(1e-11 * Math.max(1, norms));
  expect(K.numParams).toBe(leaves(theta).reduce((n, leaf) => n + leaf.size, 0));
}
