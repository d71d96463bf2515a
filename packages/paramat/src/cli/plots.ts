import type { Value } from "@paramat/core";

/** One epoch of training, as a plot shows it. */
export interface LossPoint {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss?: number;
}

/** Draws pictures as SVG text. */
export interface Plots {
  /** Training and validation objective against epochs, on a logarithmic scale. */
  lossCurve(points: readonly LossPoint[]): string;
  /** Every stencil of θ [height, width, channelsIn, channelsOut]: columns are output channels, rows input channels; blue is positive, red negative. */
  stencils(theta: Value, title: string): string;
}

/** Loads Observable Plot and the document that it draws in; takes a moment, so only when pictures are wanted. */
export async function loadPlots(): Promise<Plots> {
  const [Plot, { JSDOM }] = await Promise.all([import("@observablehq/plot"), import("jsdom")]);
  const { document } = new JSDOM("").window;
  const style = { background: "white", color: "#222", fontFamily: "system-ui, sans-serif", fontSize: "12px" };
  const asSvg = (figure: ReturnType<typeof Plot.plot>): string => {
    const svg = figure.tagName.toLowerCase() === "svg" ? figure : figure.querySelector("svg");
    if (!svg) throw new Error("plots: Observable Plot drew no svg");
    svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    return `${svg.outerHTML}\n`;
  };
  return {
    lossCurve(points) {
      const rows = points.flatMap(({ epoch, trainLoss, validationLoss }) => [
        { epoch, loss: trainLoss, split: "training" },
        ...(validationLoss === undefined ? [] : [{ epoch, loss: validationLoss, split: "validation" }]),
      ]);
      return asSvg(
        Plot.plot({
          document,
          style,
          width: 640,
          height: 360,
          marginLeft: 56,
          marginRight: 76,
          x: { label: "epoch", interval: 1, tickFormat: "d" },
          y: { label: "objective", type: "log", grid: true, ticks: 6, tickFormat: (y: number) => String(Number(y.toPrecision(2))) },
          color: { domain: ["training", "validation"], range: ["#1f5fa8", "#d1642a"] },
          marks: [
            // z said outright: with one epoch each line is one point, and Plot would warn of so many lines.
            Plot.lineY(rows, { x: "epoch", y: "loss", z: "split", stroke: "split", strokeWidth: 2 }),
            Plot.dot(rows, { x: "epoch", y: "loss", fill: "split", r: 3 }),
            Plot.text(
              rows,
              Plot.selectLast({ x: "epoch", y: "loss", z: "split", text: "split", fill: "split", textAnchor: "start", dx: 8 }),
            ),
          ],
        }),
      );
    },
    stencils(theta, title) {
      const [height, width, channelsIn, channelsOut] = theta.shape as readonly [number, number, number, number];
      const entries = theta.toArray();
      const cells = Array.from(entries, (value, flat) => ({
        value,
        out: (flat % channelsOut) + 1,
        input: (Math.floor(flat / channelsOut) % channelsIn) + 1,
        j: Math.floor(flat / (channelsOut * channelsIn)) % width,
        i: Math.floor(flat / (channelsOut * channelsIn * width)),
      }));
      const largest = Math.max(...cells.map((c) => Math.abs(c.value)), Number.MIN_VALUE);
      const cell = Math.max(5, Math.min(14, 960 / (channelsOut * (width + 1))));
      const margin = { top: 52, left: 60, bottom: 12, right: 16 };
      return asSvg(
        Plot.plot({
          document,
          style,
          width: Math.max(320, channelsOut * (width + 1) * cell + margin.left + margin.right),
          height: channelsIn * (height + 1) * cell + margin.top + margin.bottom,
          marginTop: margin.top,
          marginLeft: margin.left,
          marginBottom: margin.bottom,
          marginRight: margin.right,
          padding: 0,
          x: { axis: null, domain: Array.from({ length: width }, (_, j) => j) },
          y: { axis: null, domain: Array.from({ length: height }, (_, i) => i) },
          fx: { axis: "top", label: `${title}, by output channel`, labelAnchor: "left", labelOffset: 44, padding: 1 / (width + 1) },
          fy: { axis: channelsIn > 1 ? "left" : null, label: "input channel", labelAnchor: "center", padding: 1 / (height + 1) },
          color: { type: "diverging", scheme: "RdBu", domain: [-largest, largest], pivot: 0 },
          marks: [Plot.cell(cells, { x: "j", y: "i", fx: "out", fy: "input", fill: "value" })],
        }),
      );
    },
  };
}
