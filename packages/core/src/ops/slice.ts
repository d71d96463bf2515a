import { ShapeError } from "../errors.js";
import { normalizeAxis, type Shape, showShape } from "../shape.js";
import type { Value } from "../value.js";
import { readBlock } from "./blocks.js";

/** Entries start, start + step, … before stop. What is left out means everything in that direction; step defaults to 1. */
export interface Range {
  readonly start?: number | undefined;
  readonly stop?: number | undefined;
  readonly step?: number | undefined;
}

/**
 * z[…, i, …] = x[…, start + step·i, …] along one axis, up to but without `stop`. Negative indices count from the end; a negative step runs
 * backwards, and then a `stop` left out means "down to entry 0". Empty where `stop` is not beyond `start`.
 * @throws ShapeError if start or stop is outside −n … n, or step is 0
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray, slice } from "@paramat/core";
 * const x = ndarray(cpu(), [10, 11, 12, 13, 14]);
 * slice(x, 0, 1, -1).toNested(); // → [11, 12, 13]
 * slice(x, 0, undefined, undefined, -2).toNested(); // → [14, 12, 10]
 */
export function slice(x: Value, axis: number, start?: number, stop?: number, step = 1): Value {
  const at = normalizeAxis("slice", axis, x.shape.length);
  return sliceRanges(
    "slice",
    x,
    x.shape.map((_, a) => (a === at ? { start, stop, step } : null)),
  );
}

/**
 * The same along many axes in one pass: `ranges[a]` along axis a, null (or nothing, for the last axes) for the whole axis.
 * @throws ShapeError as `slice`, or if there are more ranges than axes
 */
export function sliceAll(x: Value, ranges: readonly (Range | null)[]): Value {
  if (ranges.length > x.shape.length) {
    throw new ShapeError(`sliceAll: ${ranges.length} ranges for an array of shape ${showShape(x.shape)}; it has ${x.shape.length} axes`);
  }
  return sliceRanges("sliceAll", x, ranges);
}

function sliceRanges(op: string, x: Value, ranges: readonly (Range | null)[]): Value {
  const resolved = x.shape.map((n, axis) => resolve(op, ranges[axis] ?? {}, n, axis, x.shape));
  if (resolved.every(({ step, count }, axis) => step === 1 && count === x.shape[axis])) return x;
  const block = { start: resolved.map((r) => r.start), step: resolved.map((r) => r.step) };
  return readBlock(
    x,
    block,
    resolved.map((r) => r.count),
  );
}

interface Resolved {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

function resolve(op: string, { start, stop, step = 1 }: Range, n: number, axis: number, shape: Shape): Resolved {
  if (!Number.isInteger(step) || step === 0)
    throw new ShapeError(`${op}: step ${step} along axis ${axis}; it must be an integer other than 0`);
  const index = (name: string, i: number): number => {
    if (!Number.isInteger(i) || i < -n || i > n) {
      throw new ShapeError(`${op}: ${name} ${i} is outside axis ${axis} of ${showShape(shape)}; it must be an integer in ${-n} … ${n}`);
    }
    return i < 0 ? i + n : i;
  };
  // Backwards, a start of n (one past the end) means the last entry.
  const from = start === undefined ? (step > 0 ? 0 : n - 1) : index("start", start);
  const first = step < 0 ? Math.min(from, n - 1) : from;
  const end = stop === undefined ? (step > 0 ? n : -1) : index("stop", stop);
  const count = Math.max(0, Math.ceil((end - first) / step));
  return { start: count === 0 ? 0 : first, step, count };
}
