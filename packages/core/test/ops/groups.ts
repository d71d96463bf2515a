import { type Shape, sizeOf } from "../../src/index.js";

/** The entries of a row-major array that a reduction over `axes` puts together, one list for each result, in row-major order of the results. */
export function groups(flat: ArrayLike<number>, shape: Shape, axes: readonly number[]): readonly (readonly number[])[] {
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const lists = Array.from({ length: sizeOf(kept.map((axis) => shape[axis] as number)) }, (): number[] => []);
  for (let position = 0; position < flat.length; position++) {
    let rest = position;
    const index: number[] = [];
    for (const n of shape.toReversed()) {
      index.unshift(rest % n);
      rest = Math.floor(rest / n);
    }
    const result = kept.reduce((p, axis) => p * (shape[axis] as number) + (index[axis] as number), 0);
    (lists[result] as number[]).push(flat[position] as number);
  }
  return lists;
}
