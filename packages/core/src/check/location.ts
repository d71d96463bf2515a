import { type Shape, stridesOf } from "../shape.js";

/** One leaf of a tree as a stretch of a flat vector. */
export interface FlatLeaf {
  /** As the user would write it: `x`, `x[1]`, `x.conv.theta`. */
  readonly name: string;
  readonly shape: Shape;
  readonly start: number;
  readonly size: number;
}

/** An entry of a tree. */
export interface Location {
  /** The leaf: `x`, `x[1]`, `x.conv.theta`. */
  readonly name: string;
  /** Its place along each axis of the leaf. */
  readonly index: readonly number[];
}

/** Where the flat position is. */
export function locate(parts: readonly FlatLeaf[], position: number): Location {
  const leaf = parts.find((part) => position >= part.start && position < part.start + part.size) as FlatLeaf;
  return { name: leaf.name, index: unravel(position - leaf.start, leaf.shape) };
}

/** Row-major position as a place along each axis. */
export function unravel(position: number, shape: Shape): number[] {
  const strides = stridesOf(shape);
  return shape.map((n, axis) => Math.floor(position / (strides[axis] as number)) % n);
}

export function showLocation({ name, index }: Location): string {
  return index.length === 0 ? name : `${name} at [${index.join(", ")}]`;
}
