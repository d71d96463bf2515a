import type { Part } from "../../backend.js";

/** One loop of a part: its length, and its strides in what is read and in the result. */
export interface WalkAxis {
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

/** How a part is walked through: from entry `from` after the source's offset, to entry `to` of the result. */
export interface PartWalk {
  readonly axes: readonly WalkAxis[];
  readonly from: number;
  readonly to: number;
}

/**
 * A part's axes without those of length 1; flipped so that the result is walked forwards, sorted from its largest stride to its smallest, and neighbours
 * merged where both sides walk through them with one stride. Entries reach the result in another order than the part's, which only a sum's rounding shows.
 */
export function partWalk({ shape, source, strides, offset }: Part): PartWalk {
  let [from, to] = [0, offset];
  const axes = shape.flatMap((length, a): WalkAxis[] => {
    const axis = { length, from: source.strides[a]!, to: strides[a]! };
    if (length === 1) return [];
    if (axis.to > 0 || (axis.to === 0 && axis.from >= 0)) return [axis];
    from += axis.from * (length - 1);
    to += axis.to * (length - 1);
    return [{ length, from: -axis.from, to: -axis.to }];
  });
  return { axes: merged(axes.sort((a, b) => b.to - a.to || Math.abs(b.from) - Math.abs(a.from))), from, to };
}

function merged(axes: readonly WalkAxis[]): WalkAxis[] {
  const out: WalkAxis[] = [];
  for (const axis of axes) {
    const last = out.at(-1);
    if (last !== undefined && last.from === axis.from * axis.length && last.to === axis.to * axis.length) {
      out[out.length - 1] = { ...axis, length: last.length * axis.length };
    } else {
      out.push(axis);
    }
  }
  return out;
}
