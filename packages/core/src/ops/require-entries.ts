import { ShapeError } from "../errors.js";
import { normalizeAxes, type Shape, showShape } from "../shape.js";

/**
 * n = Π shape[axis] over `axes`: how many entries a reduction takes for each result.
 * @throws ShapeError if there are none, or an axis is outside the array or named twice
 */
export function requireEntries(op: string, shape: Shape, axes: number | readonly number[] | undefined): number {
  const list = normalizeAxes(op, axes, shape.length);
  const empty = list.find((axis) => shape[axis] === 0);
  if (empty !== undefined) {
    throw new ShapeError(`${op}: axis ${empty} of ${showShape(shape)} has no entries; every axis reduced over must have at least 1`);
  }
  return list.reduce((n, axis) => n * (shape[axis] as number), 1);
}
