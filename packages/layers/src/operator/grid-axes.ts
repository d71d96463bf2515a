import { normalizeAxes, type Shape, ShapeError, showShape } from "@paramat/core";

/**
 * Axes of one example that a map acts on, sorted and counted from the front. Left out, they are the grid: all axes but the last, which holds the
 * channels; the only axis where there is one.
 * @throws ShapeError if a size is not a positive integer, or an axis is outside `inShape` or named twice
 */
export function gridAxes(op: string, inShape: Shape, axes?: number | readonly number[]): number[] {
  if (inShape.length === 0 || !inShape.every((n) => Number.isInteger(n) && n > 0)) {
    throw new ShapeError(`${op}: inputs of ${showShape(inShape)}; there must be at least one axis, and every size a positive integer`);
  }
  const grid = Math.max(1, inShape.length - 1);
  return axes === undefined ? Array.from({ length: grid }, (_, a) => a) : normalizeAxes(op, axes, inShape.length);
}
