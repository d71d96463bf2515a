import { normalizeAxes } from "../shape.js";
import type { Value } from "../value.js";
import { readBlock } from "./blocks.js";

/**
 * x read backwards along `axes`: z[…, i, …] = x[…, n − 1 − i, …].
 * @param axes negative axes count from the end; all axes if left out
 * @throws ShapeError if an axis is outside the array or named twice
 */
export function flip(x: Value, axes?: number | readonly number[]): Value {
  const flipped = normalizeAxes("flip", axes, x.shape.length);
  if (flipped.length === 0 || x.size === 0) return x;
  const start = x.shape.map((n, axis) => (flipped.includes(axis) ? n - 1 : 0));
  const step = x.shape.map((_, axis) => (flipped.includes(axis) ? -1 : 1));
  return readBlock(x, { start, step }, x.shape);
}
