import { type SvgElement, svgElement } from "./svg-document.js";
import { faint, ground, ink, plainInk, styleSheet, type Theme } from "./theme.js";

/** What every picture takes. */
export interface FigureOptions {
  /** Above the picture, and its name for screen readers. */
  readonly title?: string;
  /** In pixels. Default 640. */
  readonly width?: number;
  /** Default `auto`. */
  readonly theme?: Theme;
}

/** One entry of the key. */
export interface KeyEntry {
  readonly label: string;
  readonly color: string;
  readonly dash?: string | undefined;
  /** Dots and no line. */
  readonly isDots?: boolean;
}

/** What stands in a figure; each part is drawn when its place is known. */
export interface FigureParts {
  readonly title: string;
  /** Below the picture: what it shows in numbers, and what could not be drawn. */
  readonly caption?: readonly string[];
  readonly key?: readonly KeyEntry[];
  /** One below the other, each so many pixels high and drawn with its top at y. */
  readonly panels: readonly { readonly height: number; draw(y: number): SvgElement }[];
}

const margin = 16;
const lineHeight = 18;
const name = "paramat-plot";

/** The whole picture as SVG: title, key, panels, caption, on a ground of its own that is readable in light and in dark. */
export function figure(parts: FigureParts, { width = 640, theme = "auto" }: FigureOptions): string {
  const title = wrapped(parts.title, width - 2 * margin, 16);
  const caption = (parts.caption ?? []).flatMap((line) => wrapped(line, width - 2 * margin, 12));
  const key = keyRows(parts.key ?? [], width - 2 * margin);
  const content: SvgElement[] = [];
  let y = 10;
  for (const line of title) {
    y += 20;
    content.push(svgElement("text", { x: margin, y: y - 4, "font-size": 16, "font-weight": 600 }, line));
  }
  for (const row of key) {
    y += lineHeight;
    content.push(...row.map((entry) => drawnKey(entry, y - 5)));
  }
  y += 4;
  for (const panel of parts.panels) {
    content.push(panel.draw(y));
    y += panel.height;
  }
  if (caption.length > 0) y += 6;
  for (const line of caption) {
    y += lineHeight - 1;
    content.push(svgElement("text", { x: margin, y: y - 4, fill: faint }, line));
  }
  const height = Math.ceil(y + 10);
  const frame = {
    ...{ xmlns: "http://www.w3.org/2000/svg", class: theme === "auto" ? name : `${name}-${theme}`, role: "img", "aria-label": parts.title },
    ...{ width, height, viewBox: `0 0 ${width} ${height}`, color: plainInk(theme), fill: ink },
    ...{ "font-family": "system-ui, sans-serif", "font-size": 12, style: "max-width: 100%; height: auto" },
  };
  const description = parts.caption?.length ? svgElement("desc", {}, parts.caption.join(" ")) : undefined;
  return `${
    svgElement("svg", frame, [
      svgElement("title", {}, parts.title),
      description,
      svgElement("style", {}, styleSheet(theme, frame.class)),
      svgElement("rect", { width, height, fill: ground, rx: 6 }),
      ...content,
    ]).outerHTML
  }\n`;
}

/** About how wide a text is: no font is asked, so that the same text gives the same picture everywhere. */
export function textWidth(text: string, size = 12): number {
  return 0.56 * size * [...text].length;
}

function wrapped(text: string, width: number, size: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

interface PlacedKey extends KeyEntry {
  readonly x: number;
}

const swatch = 26;

function keyRows(entries: readonly KeyEntry[], width: number): readonly (readonly PlacedKey[])[] {
  const rows: PlacedKey[][] = [];
  let x = 0;
  for (const entry of entries) {
    const length = swatch + 6 + textWidth(entry.label) + 18;
    if (rows.length === 0 || x + length > width) {
      rows.push([]);
      x = 0;
    }
    (rows.at(-1) as PlacedKey[]).push({ ...entry, x: margin + x });
    x += length;
  }
  return rows;
}

function drawnKey({ label, color, dash, isDots, x }: PlacedKey, y: number): SvgElement {
  const line = { x1: x, x2: x + swatch, y1: y - 4, y2: y - 4, stroke: color, "stroke-width": 2.5, "stroke-dasharray": dash };
  const dot = { cx: x + swatch / 2, cy: y - 4, r: 3.2, fill: "none", stroke: color, "stroke-width": 1.5 };
  return svgElement("g", { class: "key" }, [
    isDots ? svgElement("circle", dot) : svgElement("line", line),
    svgElement("text", { x: x + swatch + 6, y }, label),
  ]);
}
