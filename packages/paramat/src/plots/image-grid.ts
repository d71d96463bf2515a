import type { ColorScale } from "./color-scale.js";
import { indexedPng } from "./indexed-png.js";
import { shownNumber } from "./shown-number.js";
import { type SvgElement, svgElement } from "./svg-document.js";
import { faint } from "./theme.js";

/** One image with its name below it. */
export interface Picture {
  readonly label: string;
  /** [height, width], row by row. */
  readonly pixels: Float64Array;
  readonly height: number;
  readonly width: number;
}

/** Room for pictures beside each other, and its height. */
export interface ImageGrid {
  readonly height: number;
  draw(top: number): SvgElement;
}

const margin = 16;
const gap = 12;
const labelHeight = 20;

export interface ImageGridOptions {
  readonly width: number;
  /** Pictures beside each other. */
  readonly columns: number;
  /** Width of a picture in pixels, at most. */
  readonly largest: number;
  readonly heading?: string;
}

/** Pictures of one size beside each other, in as many rows as it takes, each as large as the width allows but for `largest` pixels. */
export function imageGrid(
  pictures: readonly Picture[],
  scale: ColorScale,
  { width, columns, largest, heading }: ImageGridOptions,
): ImageGrid {
  const across = Math.min(columns, pictures.length);
  const side = Math.min(largest, Math.floor((width - 2 * margin - (across - 1) * gap) / across));
  const tall = Math.max(...pictures.map((picture) => (side * picture.height) / picture.width));
  const rowHeight = tall + labelHeight + gap;
  const above = heading ? 24 : 0;
  const drawOne = ({ label, pixels, height, width: columnsOfPixels }: Picture, x: number, y: number) => {
    const high = (side * height) / columnsOfPixels;
    const href = indexedPng(Uint8Array.from(pixels, scale.entryOf), columnsOfPixels, height, scale.palette);
    const place = { x, y, width: side, height: high };
    return svgElement("g", { class: "picture" }, [
      svgElement("image", { ...place, href, preserveAspectRatio: "none", style: "image-rendering: pixelated" }, [
        svgElement("title", {}, label),
      ]),
      svgElement("rect", { ...place, fill: "none", stroke: faint, "stroke-width": 0.75 }),
      svgElement("text", { x: x + side / 2, y: y + high + 15, "text-anchor": "middle" }, label),
    ]);
  };
  return {
    height: above + Math.ceil(pictures.length / across) * rowHeight,
    draw: (top) =>
      svgElement("g", {}, [
        heading ? svgElement("text", { x: margin, y: top + 18, "font-weight": 600 }, heading) : undefined,
        ...pictures.map((picture, i) =>
          drawOne(picture, margin + (i % across) * (side + gap), top + above + 8 + Math.floor(i / across) * rowHeight),
        ),
      ]),
  };
}

const stripWidth = 200;

/** The scale as a strip with the numbers at its ends and in its middle. */
export function scaleStrip(scale: ColorScale, label: string): ImageGrid {
  const { low, high, palette } = scale;
  const strip = indexedPng(
    Uint8Array.from({ length: 255 }, (_, i) => i),
    255,
    1,
    palette,
  );
  const place = (y: number) => ({ x: margin, y, width: stripWidth, height: 10 });
  const words = (text: string, share: number, y: number) =>
    svgElement("text", { x: margin + share * stripWidth, y, "text-anchor": ["start", "middle", "end"][2 * share] }, text);
  return {
    height: 44,
    draw: (top) =>
      svgElement("g", { class: "scale" }, [
        svgElement("image", { ...place(top + 8), href: strip, preserveAspectRatio: "none" }),
        svgElement("rect", { ...place(top + 8), fill: "none", stroke: faint, "stroke-width": 0.75 }),
        ...[low, (low + high) / 2, high].map((v, i) => words(shownNumber(negligible(v, high - low) ? 0 : v), i / 2, top + 33)),
        svgElement("text", { x: margin + stripWidth + 14, y: top + 17, fill: faint }, label),
      ]),
  };
}

function negligible(v: number, range: number): boolean {
  return Math.abs(v) < 1e-6 * range;
}

/** For the caption: how many numbers are drawn as holes. */
export function holes(values: Iterable<number>): readonly string[] {
  let count = 0;
  for (const v of values) if (!Number.isFinite(v)) count++;
  return count === 0 ? [] : [`${count === 1 ? "1 entry is" : `${count} entries are`} NaN or infinite: left clear.`];
}
