import { cpu } from "@paramat/backends";
import type { Shape, Tree, Value } from "@paramat/core";
import { abs, ndarray, rng, sizeOf } from "@paramat/core";
import { expect } from "vitest";
import { type ConvolutionOptions, type Parameterization, toDense } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";
import { type ConvolutionCase, settingOf } from "./convolution-cases.js";
import { flatIndex, naiveConvolution, points } from "./naive-convolution.js";

const backend = cpu("float64");

/** One stencil θ_j from the numbers η of one pair of channels, j a multi-index of the kernel. */
export type NaiveStencil = (eta: readonly number[], j: readonly number[], kernel: Shape) => number;

/** K(η) faces the laws, and the convolution matrix of the stencil that is written out naively; its tags hold for the matrix. */
export function expectStencilModel(
  build: (inShape: Shape, options: ConvolutionOptions) => Parameterization,
  c: ConvolutionCase,
  stencil: NaiveStencil,
): void {
  const { inShape, options } = settingOf(c);
  const K = build(inShape, options);
  const pairs = c.perGroup * options.channels;
  const etas = K.numParams / pairs;
  const matrix = naiveConvolution(inShape, options);
  const oracle = (eta: ArrayLike<number>) => {
    const theta = new Float64Array(sizeOf(c.kernel) * pairs);
    for (let pair = 0; pair < pairs; pair++) {
      const own = Array.from({ length: etas }, (_, k) => eta[k * pairs + pair]!);
      for (const j of points(c.kernel)) theta[flatIndex(j, c.kernel) * pairs + pair] = stencil(own, j, c.kernel);
    }
    return matrix(theta);
  };
  const report = checkParameterization(K, backend, { seed: c.seed, examples: 2, oracle });
  expect(report.ok, String(report)).toBe(true);
  expectTags(K, c.seed);
}

/** Each tag that K claims holds for the entries of K(θ) at a random θ within the constraint. */
export function expectTags(K: Parameterization, seed: number): void {
  const stream = rng(seed);
  const random = ndarray(
    backend,
    Float64Array.from({ length: K.numParams }, () => stream.normal()),
    K.thetaShape,
  );
  const matrix = dense(K, K.constraint ? abs(random) : random);
  const at = (i: number, j: number) => matrix[i]![j]!;
  const everywhere = (claim: (i: number, j: number) => boolean) => matrix.every((row, i) => row.every((_, j) => claim(i, j)));
  const holds: { readonly [tag: string]: () => boolean } = {
    symmetric: () => everywhere((i, j) => Math.abs(at(i, j) - at(j, i)) < 1e-12),
    antisymmetric: () => everywhere((i, j) => Math.abs(at(i, j) + at(j, i)) < 1e-12),
    mMatrix: () => everywhere((i, j) => i === j || at(i, j) <= 1e-12) && matrix.every((row) => row.reduce((a, b) => a + b, 0) >= -1e-12),
  };
  for (const tag of K.tags ?? []) expect(holds[tag]?.() ?? true, `${tag} of ${K.name}`).toBe(true);
}

/** The matrix as nested numbers. */
export function dense<Theta extends Tree>(K: Parameters<typeof toDense<Theta>>[0], theta: Theta): number[][] {
  return toDense(K, theta).toNested() as number[][];
}

/** An array on the tests' backend. */
export function values(numbers: readonly number[], shape: Shape): Value {
  return ndarray(backend, numbers, shape);
}
