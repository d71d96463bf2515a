import type { PlotOptions } from "@observablehq/plot";
import { type SvgElement, svgDocument } from "./svg-document.js";

/** Observable Plot, drawing without a browser. */
export type Plot = typeof import("@observablehq/plot");

/**
 * Observable Plot, when it is first wanted: it takes a moment.
 * @throws Error with what to install, where it is not there
 */
export async function loadPlot(load: () => Promise<Plot> = () => import("@observablehq/plot")): Promise<Plot> {
  try {
    return await load();
  } catch (cause) {
    throw new Error("plots: @observablehq/plot cannot be loaded; install it: npm install @observablehq/plot", { cause });
  }
}

/** What Plot draws, as a group at (x, y): its own svg element and style sheet taken off, since the figure has them. */
export function drawnAt(Plot: Plot, x: number, y: number, options: PlotOptions): SvgElement {
  const document = svgDocument();
  const drawn = Plot.plot({ ...options, document: document as unknown as Document }) as unknown as SvgElement;
  const group = document.createElementNS("", "g");
  group.setAttribute("transform", `translate(${x},${y})`);
  group.append(...drawn.children.filter((child) => child.tagName !== "style").map(onWholePixels));
  return group;
}

/** Plot moves its marks by half a pixel in pages on coarse screens, and not elsewhere. All other shifts are whole, so the half is known and taken back. */
function onWholePixels(mark: SvgElement): SvgElement {
  const shift = mark.getAttribute("transform")?.match(/^translate\(([-\d.]+),([-\d.]+)\)$/);
  if (!shift) return mark;
  const [x, y] = [Math.floor(Number(shift[1])), Math.floor(Number(shift[2]))];
  if (x === 0 && y === 0) mark.removeAttribute("transform");
  else mark.setAttribute("transform", `translate(${x},${y})`);
  return mark;
}
