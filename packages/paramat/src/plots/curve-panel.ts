import type { Markish } from "@observablehq/plot";
import { type Axis, axisDomain, axisTicks } from "./axis.js";
import type { Point } from "./drawable.js";
import { drawnAt, type Plot } from "./load-plot.js";
import { shownNumber } from "./shown-number.js";
import type { SvgElement } from "./svg-document.js";
import { faint, ground, ink } from "./theme.js";

/** One curve, its colour and dashes given. */
export interface DrawnSeries {
  readonly points: readonly Point[];
  readonly color: string;
  readonly dash?: string | undefined;
  /** Dots and no line. */
  readonly isDots?: boolean;
  /** From each dot a line down to the axis. */
  readonly hasStems?: boolean;
}

/** A place to look at, with what it is. */
export interface Marked {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** A line right across, at a value of one axis. */
export interface Rule {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly text: string;
}

export interface CurvePanel {
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly DrawnSeries[];
  readonly marked?: readonly Marked[];
  readonly rules?: readonly Rule[];
  /** Faint curves beside the data, such as a circle. */
  readonly guides?: readonly (readonly Point[])[];
  readonly width: number;
  readonly height: number;
}

/** More points than these show as a line alone. */
const mostDots = 60;

/** Curves over their axes, with the grid, the marks and the rules, at height `top` of the figure. */
export function drawCurves(Plot: Plot, panel: CurvePanel, top: number): SvgElement {
  const { x, y, series, marked = [], rules = [], guides = [], width, height } = panel;
  const all = series.flatMap(({ points }) => points);
  const at = (axis: "x" | "y") => rules.filter((rule) => rule.axis === axis).map((rule) => rule.at);
  const xDomain = axisDomain(x, [...all, ...marked].map((p) => p.x).concat(at("x")));
  const yDomain = axisDomain(y, [...all.flatMap((p) => [p.y, p.low ?? p.y, p.high ?? p.y]), ...marked.map((p) => p.y), ...at("y")]);
  const drawn = (points: readonly Point[]) => points.filter((p) => Number.isFinite(p.y));
  const marks: Markish[] = [
    ...guides.map((points) => Plot.line(points, { x: "x", y: "y", stroke: faint, strokeWidth: 1, ariaLabel: "guide" })),
    ...rules.flatMap((rule) => drawRule(Plot, rule, xDomain, yDomain)),
    ...series.flatMap(({ points, color, dash, isDots, hasStems }) => [
      ...(hasStems ? [Plot.ruleX(drawn(points), { x: "x", y1: yDomain[0], y2: "y", stroke: color, strokeWidth: 2 })] : []),
      ...(isDots || hasStems
        ? []
        : [Plot.line(points, { x: "x", y: "y", stroke: color, strokeWidth: 2, ...(dash && { strokeDasharray: dash }) })]),
      Plot.ruleX(
        drawn(points).filter((p) => p.low !== undefined),
        { x: "x", y1: "low", y2: "high", stroke: color, strokeWidth: 1.2, ariaLabel: "error bar" },
      ),
      ...(isDots || points.length <= mostDots
        ? [Plot.dot(drawn(points), { x: "x", y: "y", r: isDots ? 3.2 : 2.6, ...(isDots ? { stroke: color } : { fill: color }) })]
        : []),
    ]),
    ...marked.flatMap((mark) => drawMarked(Plot, mark, x.log === true, xDomain)),
  ];
  const axis = ({ label, log }: Axis, domain: readonly [number, number]) => ({
    ...{ label, domain: [...domain], type: log ? ("log" as const) : ("linear" as const), grid: false },
  });
  const xTicks = axisTicks(x, xDomain, width / 90);
  const yTicks = axisTicks(y, yDomain, height / 45);
  const ticks = { text: (v: number) => shownNumber(v), tickSize: 4, stroke: faint, color: ink };
  return drawnAt(Plot, 0, top, {
    ...{ width, height, marginLeft: 64, marginRight: 24, marginTop: 30, marginBottom: 42, style: { fontSize: "12px" } },
    x: axis(x, xDomain),
    y: axis(y, yDomain),
    marks: [
      Plot.gridX(xTicks, { stroke: faint, strokeOpacity: 0.25 }),
      Plot.gridY(yTicks, { stroke: faint, strokeOpacity: 0.25 }),
      Plot.axisX(xTicks, { ...ticks, labelAnchor: "center" }),
      Plot.axisY(yTicks, { ...ticks, labelOffset: 48 }),
      ...marks,
      ...(all.some((p) => Number.isFinite(p.y)) ? [] : [Plot.text(["no value that can be drawn"], { frameAnchor: "middle", fill: faint })]),
    ],
  });
}

function drawRule(Plot: Plot, { axis, at, text }: Rule, [left, right]: readonly [number, number], [, top]: readonly [number, number]) {
  const line = { stroke: ink, strokeWidth: 1, strokeDasharray: "5 4", ariaLabel: `rule ${axis}` };
  const words = { ...halo, text: () => text, fill: ink };
  if (axis === "y") {
    return [Plot.ruleY([at], line), Plot.text([{ x: right, y: at }], { ...words, x: "x", y: "y", textAnchor: "end", dx: -4, dy: -8 })];
  }
  const isRight = at > (left + right) / 2;
  const beside = { textAnchor: isRight ? ("end" as const) : ("start" as const), dx: isRight ? -6 : 6, dy: 8 };
  return [Plot.ruleX([at], line), Plot.text([{ x: at, y: top }], { ...words, x: "x", y: "y", ...beside })];
}

const halo = { stroke: ground, strokeWidth: 4 };

function drawMarked(Plot: Plot, { x, y, text }: Marked, log: boolean, [left, right]: readonly [number, number]) {
  const share = log ? Math.log(x / left) / Math.log(right / left) : (x - left) / (right - left);
  const isRight = share > 0.6;
  // Most curves with a mark fall towards it, so that above on the right and below on the left there is room.
  const beside = isRight ? { textAnchor: "end" as const, dx: -10, dy: 12 } : { textAnchor: "start" as const, dx: 10, dy: -12 };
  const at = { x: "x", y: "y" };
  return [
    Plot.dot([{ x, y }], { ...at, r: 6.5, stroke: ink, strokeWidth: 2, ariaLabel: "marked" }),
    Plot.text([{ x, y }], { ...at, ...halo, ...beside, text: () => text, fill: ink, fontWeight: 600 }),
  ];
}
