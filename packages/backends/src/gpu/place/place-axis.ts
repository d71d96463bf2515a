import type { Part } from "../../backend.js";

/** An axis of a part: entry i of it is read `from`·i further on and goes `to`·i further on; `to` > 0. */
export interface PlaceAxis {
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** A part whose axes go forwards in the result, those with the largest steps first; entry (0, 0, …) is read at `from` and goes to `to`. */
export interface PlacedPart {
  readonly axes: readonly PlaceAxis[];
  readonly from: number;
  readonly to: number;
}

/** A part none of whose axes has stride 0 in the result: flipped where strides are negative, neighbours made one where both sides walk with one stride. */
export function placedPart({ source, shape, offset, strides }: Part): PlacedPart {
  let [from, to] = [source.offset, offset];
  const axes: PlaceAxis[] = [];
  shape.forEach((size, a) => {
    if (size === 1) return;
    const [ahead, onward] = [source.strides[a]!, strides[a]!];
    if (onward > 0) {
      axes.push({ size, from: ahead, to: onward });
    } else {
      from += ahead * (size - 1);
      to += onward * (size - 1);
      axes.push({ size, from: -ahead, to: -onward });
    }
  });
  axes.sort((a, b) => b.to - a.to);
  const merged: PlaceAxis[] = [];
  for (const axis of axes) {
    const last = merged.at(-1);
    if (last && last.to === axis.to * axis.size && last.from === axis.from * axis.size) {
      merged[merged.length - 1] = { ...axis, size: last.size * axis.size };
    } else {
      merged.push(axis);
    }
  }
  return { axes: merged, from, to };
}
