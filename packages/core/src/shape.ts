import type { Shape } from "@paramat/backends";
import { ShapeError } from "./errors.js";

export type { Shape };

/** Number of entries: the product of the sizes, 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const n of shape) size *= n;
  return size;
}

/** Row-major strides of a contiguous array. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis] as number;
  }
  return strides;
}

/** `[3, 4]`; a scalar is `[]`. */
export function showShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, axis) => n === b[axis]);
}

/**
 * The shape that all shapes broadcast to: aligned at the last axis, sizes equal or 1 (as in NumPy).
 * @throws ShapeError naming the axis that does not fit
 */
export function broadcastShapes(op: string, shapes: readonly Shape[]): Shape {
  const rank = Math.max(0, ...shapes.map((s) => s.length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    for (let axis = 0; axis < shape.length; axis++) {
      const at = rank - shape.length + axis;
      const n = shape[axis] as number;
      const have = result[at] as number;
      if (n === have || n === 1) continue;
      if (have !== 1) {
        throw new ShapeError(
          `${op}: shapes ${shapes.map(showShape).join(" and ")} do not broadcast: sizes ${have} and ${n} meet at axis ${at - rank}; they must be equal, or one of them 1`,
        );
      }
      result[at] = n;
    }
  }
  return result;
}

/** Strides by which an array of `shape` is read as one of shape `to` (0 along broadcast axes). */
export function broadcastStrides(shape: Shape, to: Shape): number[] {
  const own = stridesOf(shape);
  const lead = to.length - shape.length;
  return to.map((_, axis) => (axis < lead || shape[axis - lead] === 1 ? 0 : (own[axis - lead] as number)));
}

/** An axis counted from the front; −1 is the last. @throws ShapeError if there is no such axis */
export function normalizeAxis(op: string, axis: number, rank: number): number {
  if (rank === 0) throw new ShapeError(`${op}: axis ${axis} is outside a scalar, which has no axes; give an array of at least one axis`);
  const at = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || at < 0 || at >= rank) {
    throw new ShapeError(`${op}: axis ${axis} is outside an array of ${rank} axes; it must be an integer in ${-rank} … ${rank - 1}`);
  }
  return at;
}

/** Axes sorted and counted from the front; `undefined` means all. @throws ShapeError if one is outside or named twice */
export function normalizeAxes(op: string, axes: number | readonly number[] | undefined, rank: number): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list = (typeof axes === "number" ? [axes] : axes).map((axis) => normalizeAxis(op, axis, rank)).sort((a, b) => a - b);
  list.forEach((axis, i) => {
    if (axis === list[i - 1])
      throw new ShapeError(`${op}: axis ${axis} is named twice in [${[axes].flat().join(", ")}]; name each axis once`);
  });
  return list;
}

/** @throws ShapeError unless every size is an integer ≥ 0 */
export function checkShape(op: string, shape: Shape): Shape {
  if (!shape.every((n) => Number.isInteger(n) && n >= 0)) {
    throw new ShapeError(`${op}: shape ${showShape(shape)} has a size that is not an integer ≥ 0`);
  }
  return shape;
}
