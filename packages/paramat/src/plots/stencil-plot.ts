import { ShapeError, showShape, type Value } from "@paramat/core";
import { divergingScale } from "./color-scale.js";
import { type FigureOptions, figure } from "./figure.js";
import { holes, scaleStrip } from "./image-grid.js";
import { shownNumber } from "./shown-number.js";
import { svgElement } from "./svg-document.js";
import { faint } from "./theme.js";

const margin = 16;
const rowLabel = 28;

/**
 * The stencils of θ as heat maps on one scale: columns are output channels, rows input channels; blue is positive, red negative.
 * @param theta [height, width, channelsIn, channelsOut], or one stencil [height, width]
 * @throws ShapeError for another shape, or no entries
 */
export async function stencilPlot(theta: Value, options: FigureOptions = {}): Promise<string> {
  const [height, width, channelsIn, channelsOut] = theta.shape.length === 2 ? [...theta.shape, 1, 1] : theta.shape;
  if (![2, 4].includes(theta.shape.length) || !height || !width || !channelsIn || !channelsOut) {
    throw new ShapeError(
      `stencilPlot: θ has shape ${showShape(theta.shape)}; it must be [height, width, channelsIn, channelsOut] or [height, width], with entries`,
    );
  }
  const numbers = await theta.read();
  const scale = divergingScale(numbers);
  const room = (options.width ?? 640) - 2 * margin - rowLabel;
  const cell = Math.max(3, Math.min(22, room / (channelsOut * (width + 1))));
  const place = (input: number, out: number, i: number, j: number) => ({
    x: margin + rowLabel + (out * (width + 1) + j) * cell,
    y: 26 + (input * (height + 1) + i) * cell,
  });
  const cells = Array.from(numbers, (value, flat) => {
    const [out, rest] = [flat % channelsOut, Math.floor(flat / channelsOut)];
    const [input, pixel] = [rest % channelsIn, Math.floor(rest / channelsIn)];
    const at = place(input, out, Math.floor(pixel / width), pixel % width);
    const box = { ...at, width: cell, height: cell, fill: scale.colorOf(value), stroke: faint, "stroke-width": 0.3, class: "cell" };
    return svgElement("rect", box, [svgElement("title", {}, shownNumber(value, 4))]);
  });
  const centre = { "text-anchor": "middle", fill: faint, "font-size": Math.max(7, Math.min(12, cell * 1.2)) };
  const numbersOf = (count: number, at: (k: number) => { readonly x: number; readonly y: number }) =>
    count === 1 ? [] : Array.from({ length: count }, (_, k) => svgElement("text", { ...centre, ...at(k) }, String(k + 1)));
  const outputs = numbersOf(channelsOut, (k) => ({ x: place(0, k, 0, 0).x + (width * cell) / 2, y: 20 }));
  const inputs = numbersOf(channelsIn, (k) => ({ x: margin + rowLabel / 2, y: place(k, 0, 0, 0).y + (height * cell) / 2 + 4 }));
  const grid = {
    height: 26 + channelsIn * (height + 1) * cell,
    draw: (top: number) => svgElement("g", { transform: `translate(0,${top})` }, [...cells, ...outputs, ...inputs]),
  };
  const order = channelsIn * channelsOut === 1 ? [] : ["Columns: output channels; rows: input channels."];
  const title = options.title ?? "Stencils of θ";
  const shown = Math.max(options.width ?? 640, Math.ceil(2 * margin + rowLabel + channelsOut * (width + 1) * cell));
  return figure(
    { title, panels: [grid, scaleStrip(scale, "entry of θ")], caption: [...order, ...holes(numbers)] },
    { ...options, width: shown },
  );
}
