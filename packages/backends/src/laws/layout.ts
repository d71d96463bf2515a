import type { Shape } from "../backend.js";
import { uniform } from "./values.js";

/** Where a view of some shape reads, and how long a buffer it needs. */
export interface Layout {
  readonly length: number;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** A layout of `shape` from a seed: axes permuted, some flipped, some with gaps, some broadcast; unused entries at both ends. */
export function layoutOf(shape: Shape, seed: number): Layout {
  const next = uniform(seed);
  const order = shape.map((_, axis) => ({ axis, key: next() })).sort((a, b) => a.key - b.key);
  const strides = shape.map(() => 0);
  let offset = Math.floor(3 * next());
  let span = 1;
  for (const { axis } of order) {
    const size = Math.max(1, shape[axis]!);
    const kind = next();
    if (kind < 0.2) continue;
    const step = span * (kind < 0.35 ? 2 : 1);
    if (kind > 0.75) offset += step * (size - 1);
    strides[axis] = kind > 0.75 ? -step : step;
    span = step * size;
  }
  return { length: offset + span + Math.floor(3 * next()), offset, strides };
}
