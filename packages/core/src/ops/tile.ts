import { ShapeError } from "../errors.js";
import { normalizeAxis, showShape } from "../shape.js";
import type { Value } from "../value.js";
import { broadcastTo } from "./broadcast.js";
import { reshape } from "./reshape.js";

/**
 * x laid side by side: `counts[a]` copies along axis a, z[…, i, …] = x[…, i mod n, …].
 * @param counts one for each axis
 * @throws ShapeError unless there is one integer ≥ 0 for each axis
 */
export function tile(x: Value, counts: readonly number[]): Value {
  if (counts.length !== x.shape.length || !counts.every((count) => Number.isInteger(count) && count >= 0)) {
    throw new ShapeError(`tile: counts ${showShape(counts)} for shape ${showShape(x.shape)}; there must be one integer ≥ 0 for each axis`);
  }
  const apart = x.shape.flatMap((n) => [1, n]);
  const copied = x.shape.flatMap((n, axis) => [counts[axis] as number, n]);
  return reshape(
    broadcastTo(reshape(x, apart), copied),
    x.shape.map((n, axis) => n * (counts[axis] as number)),
  );
}

/**
 * Each entry `count` times in a row along `axis`: z[…, i, …] = x[…, ⌊i/count⌋, …] (nearest-neighbour upsampling).
 * @throws ShapeError if count is not an integer ≥ 0
 */
export function repeat(x: Value, count: number, axis: number): Value {
  const at = normalizeAxis("repeat", axis, x.shape.length);
  if (!Number.isInteger(count) || count < 0) throw new ShapeError(`repeat: count is ${count}; it must be an integer ≥ 0`);
  const before = x.shape.slice(0, at + 1);
  const after = x.shape.slice(at + 1);
  const n = x.shape[at] as number;
  const copied = broadcastTo(reshape(x, [...before, 1, ...after]), [...before, count, ...after]);
  return reshape(copied, [...x.shape.slice(0, at), n * count, ...after]);
}
