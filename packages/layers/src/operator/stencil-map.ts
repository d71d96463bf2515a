import { add, type Boundary, extend, extendTranspose, mul, pad, slice, type Value } from "@paramat/core";
import type { AxisMap } from "./along-axes.js";

/** z_i = Σ coefficient · x_{i + offset}. */
export type Taps = readonly (readonly [offset: number, coefficient: number])[];

/**
 * A few fixed taps along an axis of n entries, beyond whose ends it goes on as `boundary` says; with `"none"` only where all taps lie inside.
 * The transpose shifts each term back, and folds the border onto the entries that it came from.
 */
export function stencilMap(n: number, taps: Taps, boundary: Boundary | "none"): AxisMap {
  const offsets = taps.map(([offset]) => offset);
  const low = Math.max(0, -Math.min(...offsets));
  const high = Math.max(0, ...offsets);
  const size = boundary === "none" ? n - low - high : n;
  const extended = size + low + high;
  return {
    size,
    apply(x, axis) {
      const wide = boundary === "none" ? x : extend(x, axis, low, high, boundary);
      return taps
        .map(([offset, coefficient]) => mul(slice(wide, axis, low + offset, low + offset + size), coefficient))
        .reduce((a, b) => add(a, b));
    },
    applyTranspose(z, axis) {
      const shifted = taps.map(([offset, coefficient]): Value => {
        const widths = z.shape.map((_, a): [number, number] => (a === axis ? [low + offset, extended - size - low - offset] : [0, 0]));
        return pad(mul(z, coefficient), widths);
      });
      const wide = shifted.reduce((a, b) => add(a, b));
      return boundary === "none" ? wide : extendTranspose(wide, axis, low, high, boundary);
    },
  };
}
