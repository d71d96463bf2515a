import { call, constant, input } from "@paramat/backends";
import { NDArray } from "../array.js";
import { ShapeError } from "../errors.js";
import { type Shape, showShape, stridesOf } from "../shape.js";
import type { Value } from "../value.js";
import { add } from "./add.js";
import { denseBlock, placeBlocks } from "./blocks.js";

export interface PadOptions {
  /** What stands in the new entries; default 0. */
  readonly value?: number;
}

/**
 * x with `widths[a] = [lo, hi]` new entries before and after it along axis a, all equal to `value`.
 * Linear for value 0, whose transpose cuts the border off; affine for any other (its derivative is the same).
 * @param widths one pair for each axis of x
 * @throws ShapeError unless there is one pair of integers ≥ 0 for each axis
 */
export function pad(x: Value, widths: readonly (readonly [lo: number, hi: number])[], options: PadOptions = {}): Value {
  const { value = 0 } = options;
  if (widths.length !== x.shape.length) {
    throw new ShapeError(
      `pad: ${widths.length} pairs of widths for shape ${showShape(x.shape)}; there must be one pair for each of its ${x.shape.length} axes`,
    );
  }
  widths.forEach((pair, axis) => {
    if (pair.length !== 2 || !pair.every((n) => Number.isInteger(n) && n >= 0)) {
      throw new ShapeError(`pad: widths ${showShape(pair)} along axis ${axis}; they must be two integers ≥ 0 (slice cuts entries off)`);
    }
  });
  if (widths.every(([lo, hi]) => lo === 0 && hi === 0)) return x;
  const start = widths.map(([lo]) => lo);
  const shape = x.shape.map(
    (n, axis) => n + (widths[axis] as readonly [number, number])[0] + (widths[axis] as readonly [number, number])[1],
  );
  const placed = placeBlocks([x], [denseBlock(start)], shape);
  return value === 0 ? placed : add(placed, border(x, start, shape, value));
}

/** `value` in the new entries, 0 where x stands: adding it leaves x exact, also for an infinite value. */
function border(x: Value, start: readonly number[], shape: Shape, value: number): Value {
  const one = new NDArray(x.backend, x.backend.map(constant(1), x.shape, []), x.shape);
  const inside = placeBlocks([one], [denseBlock(start)], shape);
  const view = { buffer: inside.array.buffer, offset: 0, strides: stridesOf(shape) };
  return new NDArray(x.backend, x.backend.map(call("select", input(0), 0, value), shape, [view]), shape);
}
