import { ShapeError } from "../errors.js";
import { type Shape, showShape } from "../shape.js";

/** One number for each axis of a grid; a plain number stands for all. */
export type PerAxis = number | readonly number[];

/** @throws ShapeError unless there are `rank` integers ≥ 1 */
export function perAxis(op: string, name: string, value: PerAxis, rank: number): Shape {
  const list = typeof value === "number" ? new Array<number>(rank).fill(value) : value;
  if (list.length !== rank || !list.every((n) => Number.isInteger(n) && n >= 1)) {
    throw new ShapeError(`${op}: ${name} is ${showShape(list)}; it must be one integer ≥ 1 for each of the ${rank} axes of the grid`);
  }
  return list;
}

/** @throws ShapeError unless `shape` is [examples, ...grid, channels] with a grid of 1 to 3 axes */
export function gridOf(op: string, name: string, shape: Shape): Shape {
  if (shape.length < 3 || shape.length > 5) {
    throw new ShapeError(`${op}: ${name} is ${showShape(shape)}; it must be [examples, ...grid, channels] with a grid of 1, 2 or 3 axes`);
  }
  return shape.slice(1, -1);
}
