import {
  convolve,
  convolveJacobianTranspose,
  convolveTranspose,
  extend,
  extendTranspose,
  reshape,
  type Shape,
  ShapeError,
  showShape,
  sizeOf,
  transpose,
  type Value,
} from "@paramat/core";
import { byPath, type PathChoice, requirePath } from "../fourier/by-path.js";
import { directCost, fourierCost, type Path } from "../fourier/path.js";
import { periodicContractions } from "../fourier/periodic-contractions.js";
import { periodicForm } from "../fourier/periodic-form.js";
import { checkedContractions, checkedForm } from "../plugin/checked-contractions.js";
import { type ExplicitParameterization, type MatrixEntry, matrixEntries } from "../plugin/matrix-entries.js";
import { randomNormal } from "./random-normal.js";
import { vectorShape } from "./vector-shape.js";

export interface CirculantOptions {
  /** How products are computed. `"auto"`, the default: by the Fourier transform where its counted operations cost less. */
  readonly path?: Path;
}

/**
 * A circulant matrix, each column the one before shifted down by one, cyclically; on a grid a block circulant matrix with circulant blocks (BCCB):
 * K[i, j] = θ[i − j], indices modulo the grid (lecture, "Structured Matrices - 2", "2D Convolution using FFTs"). θ is the first column, and
 * K(θ) = F* diag(λ) F with λ = F θ.
 * @param size n, or a grid of 1 to 3 axes; inputs are [examples, ...grid], as is θ
 * @throws ShapeError if a size is not a positive integer, the grid has more axes, or the path is none of the three
 * @remarks Time n log n for each example by the Fourier transform (any n; powers of two are fastest), n² directly; memory n.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { circulant, toDense } from "@paramat/layers";
 * toDense(circulant(3), ndarray(cpu(), [1, 2, 3])).toNested(); // → [[1, 3, 2], [2, 1, 3], [3, 2, 1]]
 */
export function circulant(size: number | Shape, options: CirculantOptions = {}): ExplicitParameterization {
  const grid = vectorShape("circulant", size);
  if (grid.length < 1 || grid.length > 3) throw new ShapeError(`circulant: the grid is ${showShape(grid)}; it must have 1 to 3 axes`);
  const { path = "auto" } = options;
  requirePath("circulant", path);
  const n = sizeOf(grid);
  const operator = { name: "circulant", thetaShape: grid, inShape: grid, outShape: grid };
  const periodic = { grid, groups: 1, channelsIn: 1, channelsOut: 1 };
  const withChannels = (x: Value) => reshape(x, [...x.shape, 1]);
  const withoutChannels = (x: Value) => reshape(x, x.shape.slice(0, -1));
  const column = { apply: (theta: Value) => reshape(theta, [...grid, 1, 1]), applyTranspose: (kappa: Value) => reshape(kappa, grid) };
  const inner = periodicContractions(periodic, column);
  const fourier = {
    apply: (theta: Value, y: Value) => withoutChannels(inner.apply(theta, withChannels(y))),
    applyTranspose: (theta: Value, z: Value) => withoutChannels(inner.applyTranspose(theta, withChannels(z))),
    jacobianTranspose: (y: Value, z: Value) => inner.jacobianTranspose(withChannels(y), withChannels(z)),
  };
  // Directly, each example is an output channel.
  const paths: PathChoice = {
    path,
    direct: ({ examples, ...place }) => directCost({ ...periodic, examples: 1, channelsOut: examples }, n, place),
    fourier: ({ examples, ...place }) => fourierCost({ ...periodic, examples }, place),
  };
  const form = checkedForm(operator, periodicForm(periodic, column.apply));
  return {
    ...operator,
    numParams: n,
    tags: grid.length === 1 ? ["circulant", "bccb", "toeplitz"] : ["bccb"],
    ...checkedContractions({ ...operator, ...byPath(paths, directCirculant(grid), fourier) }),
    paths,
    init: (rng, backend) => randomNormal(rng, backend, grid, Math.sqrt(2 / n)),
    blockForm: {
      ...form,
      analyze: (y) => form.analyze(withChannels(y)),
      synthesize: (y) => withoutChannels(form.synthesize(y)),
      analyzeOut: (z) => form.analyzeOut(withChannels(z)),
      synthesizeOut: (z) => withoutChannels(form.synthesizeOut(z)),
    },
    entries: () => matrixEntries("circulant", n, n, n, everyEntry(grid)),
  };
}

/** z_i = Σ_j y_j θ_{i−j}: the valid convolution of θ, extended periodically by n − 1, with each example as a stencil and an output channel. */
function directCirculant(grid: Shape) {
  const signal = (theta: Value) => grid.reduce((x, n, a) => extend(x, a + 1, n - 1, 0, "periodic"), reshape(theta, [1, ...grid, 1]));
  const signalTranspose = (x: Value) =>
    reshape(
      grid.reduceRight((s, n, a) => extendTranspose(s, a + 1, n - 1, 0, "periodic"), x),
      grid,
    );
  const last = [...grid.map((_, a) => a + 1), 0];
  const first = [grid.length, ...grid.map((_, a) => a)];
  const stencils = (y: Value) => reshape(transpose(y, last), [...grid, 1, y.shape[0] as number]);
  const channels = (z: Value) => reshape(transpose(z, last), [1, ...grid, z.shape[0] as number]);
  const examples = (x: Value) => transpose(reshape(x, [...grid, x.shape.at(-1) as number]), first);
  return {
    apply: (theta: Value, y: Value) => examples(convolve(stencils(y), signal(theta))),
    applyTranspose: (theta: Value, z: Value) => examples(convolveJacobianTranspose(signal(theta), channels(z), { kernel: grid })),
    jacobianTranspose: (y: Value, z: Value) =>
      signalTranspose(convolveTranspose(stencils(y), channels(z), { grid: grid.map((n) => 2 * n - 1) })),
  };
}

function* everyEntry(grid: Shape): Iterable<MatrixEntry> {
  const points = grid.reduce<number[][]>((all, n) => all.flatMap((p) => Array.from({ length: n }, (_, i) => [...p, i])), [[]]);
  for (const [row, i] of points.entries()) {
    for (const [col, j] of points.entries()) {
      const param = grid.reduce((index, n, a) => index * n + (((i[a] as number) - (j[a] as number) + n) % n), 0);
      yield [row, col, [[param, 1]]];
    }
  }
}
