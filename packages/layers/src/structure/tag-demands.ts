import { type Shape, sizeOf, stridesOf } from "@paramat/core";
import type { Tag } from "../tag.js";
import { eigen } from "./numeric/eigen.js";

/** A matrix of plain numbers, row-major, and the shapes of what it maps. */
export interface PlainMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly entries: Float64Array;
  readonly inShape: Shape;
  readonly outShape: Shape;
}

/** One number of a matrix and what a tag says it must be. */
export interface Demand {
  /** `K(2, 1)`. */
  readonly what: string;
  readonly found: number;
  readonly relation: "=" | "≥" | "≤";
  readonly wanted: number;
  /** Which other number it is compared with, if one: `K(1, 2)`. */
  readonly because?: string;
}

type Demands = (K: PlainMatrix) => Iterable<Demand>;

/** Everything that a tag says of the numbers of a matrix, one by one. */
export function demandsOf(tag: Tag, K: PlainMatrix): Iterable<Demand> {
  return demands[tag](K);
}

const demands: Readonly<Record<Tag, Demands>> = {
  diagonal: zerosWhere((i, j) => i !== j),
  lowerTriangular: zerosWhere((i, j) => i < j),
  upperTriangular: zerosWhere((i, j) => i > j),
  // No bandwidth is named, so what can be said is that neither corner is reached.
  banded: zerosWhere((i, j, { rows, cols }) => (i === 0 && j === cols - 1 && cols > 1) || (j === 0 && i === rows - 1 && rows > 1)),
  symmetric: equalTo((i, j) => [j, i, 1]),
  antisymmetric: equalTo((i, j) => [j, i, -1]),
  toeplitz: equalTo((i, j) => (i > 0 && j > 0 ? [i - 1, j - 1, 1] : null)),
  hankel: equalTo((i, j, { cols }) => (i > 0 && j < cols - 1 ? [i - 1, j + 1, 1] : null)),
  circulant: equalTo((i, j, { rows: n }) => [(i + n - 1) % n, (j + n - 1) % n, 1]),
  bccb: shiftInvariant,
  mMatrix,
  orthogonal,
  positiveSemidefinite,
};

function zerosWhere(where: (i: number, j: number, K: PlainMatrix) => boolean): Demands {
  return function* (K) {
    for (const [i, j] of places(K)) if (where(i, j, K)) yield { ...entry(K, i, j), relation: "=", wanted: 0 };
  };
}

/** K(i, j) is sign times K at another place, or free. */
function equalTo(other: (i: number, j: number, K: PlainMatrix) => readonly [i: number, j: number, sign: 1 | -1] | null): Demands {
  return function* (K) {
    for (const [i, j] of places(K)) {
      const place = other(i, j, K);
      if (!place) continue;
      const { what, found } = entry(K, place[0], place[1]);
      yield { ...entry(K, i, j), relation: "=", wanted: place[2] * found, because: place[2] < 0 ? `−${what}` : what };
    }
  };
}

/** K(i, j) does not change when both are shifted by one point along an axis of the grid; the last of several axes holds channels. */
function* shiftInvariant(K: PlainMatrix): Iterable<Demand> {
  const grid = K.inShape.length > 1 ? K.inShape.slice(0, -1) : K.inShape;
  const points = sizeOf(grid);
  const [channelsOut, channelsIn] = [K.rows / points, K.cols / points];
  if (!Number.isInteger(channelsOut) || K.outShape.slice(0, grid.length).some((n, a) => n !== grid[a])) {
    yield { what: "the points of the output's grid", found: K.rows, relation: "=", wanted: points, because: "those of the input's" };
    return;
  }
  const strides = stridesOf(grid);
  const shifted = (index: number, channels: number, axis: number) => {
    const [n, stride] = [grid[axis] as number, (strides[axis] as number) * channels];
    return index + (Math.floor(index / stride) % n === n - 1 ? (1 - n) * stride : stride);
  };
  for (const axis of grid.keys()) {
    yield* equalTo((i, j) => [shifted(i, channelsOut, axis), shifted(j, channelsIn, axis), 1])(K);
  }
}

function* mMatrix(K: PlainMatrix): Iterable<Demand> {
  for (const [i, j] of places(K)) if (i !== j) yield { ...entry(K, i, j), relation: "≤", wanted: 0 };
  for (let i = 0; i < K.rows; i++) {
    const found = K.entries.subarray(i * K.cols, (i + 1) * K.cols).reduce((s, x) => s + x, 0);
    yield { what: `the sum of row ${i}`, found, relation: "≥", wanted: 0 };
  }
}

function* orthogonal({ rows, cols, entries }: PlainMatrix): Iterable<Demand> {
  for (let i = 0; i < cols; i++) {
    for (let j = i; j < cols; j++) {
      let found = 0;
      for (let k = 0; k < rows; k++) found += (entries[k * cols + i] as number) * (entries[k * cols + j] as number);
      yield { what: `⟨column ${i}, column ${j}⟩`, found, relation: "=", wanted: i === j ? 1 : 0 };
    }
  }
}

function* positiveSemidefinite(K: PlainMatrix): Iterable<Demand> {
  yield* demands.symmetric(K);
  const { rows: n, entries } = K;
  const even = Float64Array.from(entries, (x, at) => (x + (entries[(at % n) * n + Math.floor(at / n)] as number)) / 2);
  const { re } = eigen({ rows: n, cols: n, re: even, im: new Float64Array(n * n), isReal: true });
  yield { what: "the smallest eigenvalue", found: re[0] ?? 0, relation: "≥", wanted: 0 };
}

function* places({ rows, cols }: PlainMatrix): Iterable<readonly [i: number, j: number]> {
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) yield [i, j];
}

function entry(K: PlainMatrix, i: number, j: number): { readonly what: string; readonly found: number } {
  return { what: `K(${i}, ${j})`, found: K.entries[i * K.cols + j] as number };
}
