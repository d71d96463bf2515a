import type { Shape } from "../backend.js";

/** Π shape. */
export function count(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Every index (i₀, i₁, …) of `shape`, last axis fastest. */
export function indicesOf(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (prefixes, size) => prefixes.flatMap((prefix) => Array.from({ length: size }, (_, i) => [...prefix, i])),
    [[]],
  );
}

/** The row-major place of an index in `shape`. */
export function flat(shape: Shape, index: readonly number[]): number {
  return shape.reduce((place, size, axis) => place * size + index[axis]!, 0);
}

/** offset + Σ strides[a]·index[a]. */
export function strided(offset: number, strides: readonly number[], index: readonly number[]): number {
  return index.reduce((place, i, axis) => place + strides[axis]! * i, offset);
}
