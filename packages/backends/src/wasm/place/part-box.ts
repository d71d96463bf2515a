import type { Shape } from "../../backend.js";
import { rowMajorStrides } from "../../cpu/offsets.js";
import type { PartWalk } from "./part-walk.js";

/** Places low, low + step, … (count of them) along each axis of the result; step 0 where there is one place. */
export type PartBox = readonly Interval[];

interface Interval {
  readonly low: number;
  readonly step: number;
  readonly count: number;
}

/** The entries that a part writes, none twice, as a box of the result; null where they are no box. */
export function partBox({ axes, to }: PartWalk, shape: Shape): PartBox | null {
  const strides = rowMajorStrides(shape);
  const box = shape.map((size, a): Interval => ({ low: Math.floor(to / strides[a]!) % size, step: 0, count: 1 }));
  for (const axis of axes) {
    let { length, to: stride } = axis;
    // A merged axis may run through several of the result's, the inner ones from end to end.
    while (length > 1) {
      const a = shape.findIndex((size, i) => size > 1 && stride >= strides[i]! && stride % strides[i]! === 0);
      const at = box[a];
      if (at === undefined || at.count > 1) return null;
      const size = shape[a]!;
      const step = stride / strides[a]!;
      if (at.low + step * (length - 1) < size) {
        box[a] = { low: at.low, step, count: length };
        length = 1;
      } else {
        if (step !== 1 || at.low !== 0 || length % size !== 0) return null;
        box[a] = { low: 0, step: 1, count: size };
        length /= size;
        stride *= size;
      }
    }
  }
  return box;
}

/** Whether two boxes share no entry: along some axis their intervals lie apart or their steps never meet. */
export function boxesApart(a: PartBox, b: PartBox): boolean {
  return a.some((x, axis) => {
    const y = b[axis]!;
    const common = greatestDivisor(x.step, y.step);
    return lastOf(x) < y.low || lastOf(y) < x.low || (common > 1 && (x.low - y.low) % common !== 0);
  });
}

/** Entries of a box. */
export function boxVolume(box: PartBox): number {
  return box.reduce((volume, { count }) => volume * count, 1);
}

function lastOf({ low, step, count }: Interval): number {
  return low + step * (count - 1);
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
