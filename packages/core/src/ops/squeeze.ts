import { ShapeError } from "../errors.js";
import { normalizeAxes, showShape } from "../shape.js";
import type { Value } from "../value.js";
import { reshape } from "./reshape.js";

/**
 * x without its axes of size 1; costs nothing.
 * @param axes which; all of size 1 if left out
 * @throws ShapeError if a named axis has another size
 */
export function squeeze(x: Value, axes?: number | readonly number[]): Value {
  const named = axes === undefined ? x.shape.flatMap((n, axis) => (n === 1 ? [axis] : [])) : normalizeAxes("squeeze", axes, x.shape.length);
  for (const axis of named) {
    if (x.shape[axis] !== 1)
      throw new ShapeError(`squeeze: axis ${axis} of ${showShape(x.shape)} has size ${x.shape[axis]}; only axes of size 1 vanish`);
  }
  return reshape(
    x,
    x.shape.filter((_, axis) => !named.includes(axis)),
  );
}

/**
 * x with new axes of size 1 that stand at `axes` in the result; costs nothing.
 * @throws ShapeError if an axis is outside the result or named twice
 */
export function expandDims(x: Value, axes: number | readonly number[]): Value {
  const rank = x.shape.length + (typeof axes === "number" ? 1 : axes.length);
  const added = normalizeAxes("expandDims", axes, rank);
  const sizes = [...x.shape];
  for (const axis of added) sizes.splice(axis, 0, 1);
  return reshape(x, sizes);
}
