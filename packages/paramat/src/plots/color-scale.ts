import { clearEntry, type Palette } from "./indexed-png.js";

/** Numbers as colours, from `low` to `high`. */
export interface ColorScale {
  readonly low: number;
  readonly high: number;
  readonly palette: Palette;
  /** The entry of the palette for a number; the clear one where it is NaN or infinite. */
  entryOf(value: number): number;
  /** The colour as #rrggbb; `none` where it is NaN or infinite. */
  colorOf(value: number): string;
}

/** Red below 0, white at 0, blue above, as far up as down (ColorBrewer's RdBu, told apart by colour-blind readers too). */
export function divergingScale(values: Iterable<number>): ColorScale {
  let largest = 0;
  for (const v of values) if (Number.isFinite(v)) largest = Math.max(largest, Math.abs(v));
  const reach = largest > 0 ? largest : 1;
  return colorScale(-reach, reach, [
    [103, 0, 31],
    [178, 24, 43],
    [214, 96, 77],
    [244, 165, 130],
    [253, 219, 199],
    [247, 247, 247],
    [209, 229, 240],
    [146, 197, 222],
    [67, 147, 195],
    [33, 102, 172],
    [5, 48, 97],
  ]);
}

/** Black for the least number, white for the largest. */
export function grayScale(values: Iterable<number>): ColorScale {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  if (low > high) [low, high] = [0, 1];
  return colorScale(low, high > low ? high : low + 1, [
    [0, 0, 0],
    [255, 255, 255],
  ]);
}

type Rgb = readonly [number, number, number];

const steps = clearEntry - 1;

function colorScale(low: number, high: number, stops: readonly Rgb[]): ColorScale {
  const palette = new Uint8Array(3 * 256);
  for (let entry = 0; entry <= steps; entry++) {
    const place = (entry / steps) * (stops.length - 1);
    const before = Math.min(Math.floor(place), stops.length - 2);
    const [from, to] = [stops[before] as Rgb, stops[before + 1] as Rgb];
    palette.set(
      from.map((c, i) => Math.round(c + (place - before) * ((to[i] as number) - c))),
      3 * entry,
    );
  }
  const entryOf = (value: number) =>
    Number.isFinite(value) ? Math.round(steps * Math.min(1, Math.max(0, (value - low) / (high - low)))) : clearEntry;
  const colorOf = (value: number) => {
    if (!Number.isFinite(value)) return "none";
    const at = 3 * entryOf(value);
    return `#${[...palette.subarray(at, at + 3)].map((c) => c.toString(16).padStart(2, "0")).join("")}`;
  };
  return { low, high, palette, entryOf, colorOf };
}
