import type { Markish } from "@observablehq/plot";
import { type Axis, axisDomain, axisTicks } from "./axis.js";
import type { Point } from "./drawable.js";
import { drawnAt, type Plot } from "./load-plot.js";
import { shownNumber, shownPower } from "./shown-number.js";
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

/** Of rules, here and in the key. */
export const ruleDash = "5 4";

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
    ...guides.map((points) => Plot.line(points, { x: "x", y: "y", stroke: faint, strokeWidth: 1, className: "guide" })),
    ...rules.flatMap((rule) => drawRule(Plot, rule, shareOf(x.log === true, xDomain), yDomain)),
    ...series.flatMap(({ points, color, dash, isDots, hasStems }) => [
      ...(hasStems ? [Plot.ruleX(drawn(points), { x: "x", y1: yDomain[0], y2: "y", stroke: color, strokeWidth: 2 })] : []),
      ...(isDots || hasStems
        ? []
        : [Plot.line(points, { x: "x", y: "y", stroke: color, strokeWidth: 2, ...(dash && { strokeDasharray: dash }) })]),
      Plot.ruleX(
        drawn(points).filter((p) => p.low !== undefined),
        { x: "x", y1: "low", y2: "high", stroke: color, strokeWidth: 1.2, className: "error-bar" },
      ),
      ...(isDots || points.length <= mostDots
        ? [Plot.dot(drawn(points), { x: "x", y: "y", r: isDots ? 3.2 : 2.6, ...(isDots ? { stroke: color } : { fill: color }) })]
        : []),
    ]),
    ...marked.flatMap((mark) => drawMarked(Plot, mark, { across: shareOf(x.log === true, xDomain), up: shareOf(y.log === true, yDomain) })),
  ];
  const axis = ({ label, log }: Axis, domain: readonly [number, number]) => ({
    ...{ label, domain: [...domain], type: log ? ("log" as const) : ("linear" as const), grid: false },
  });
  const xTicks = axisTicks(x, xDomain, width / 90);
  const yTicks = axisTicks(y, yDomain, height / 45);
  const ticks = (shown: readonly number[], log = false) => ({
    ...{ text: (v: number) => (log ? shownOnLog(v, shown) : shownNumber(v)), tickSize: 4, stroke: faint, color: ink },
  });
  return drawnAt(Plot, 0, top, {
    ...{ width, height, marginLeft: 64, marginRight: 24, marginTop: 30, marginBottom: 42, style: { fontSize: "12px" } },
    x: axis(x, xDomain),
    y: axis(y, yDomain),
    marks: [
      Plot.gridX(xTicks, { stroke: faint, strokeOpacity: 0.25 }),
      Plot.gridY(yTicks, { stroke: faint, strokeOpacity: 0.25 }),
      Plot.axisX(xTicks, { ...ticks(xTicks, x.log), labelAnchor: "center" }),
      Plot.axisY(yTicks, { ...ticks(yTicks, y.log), labelOffset: 48 }),
      ...marks,
      ...(all.some((p) => Number.isFinite(p.y)) ? [] : [Plot.text(["no value that can be drawn"], { frameAnchor: "middle", fill: faint })]),
    ],
  });
}

/** A line across has its words in the key; beside one from top to bottom there is room. */
function drawRule(Plot: Plot, { axis, at, text }: Rule, share: (x: number) => number, [, top]: readonly [number, number]) {
  const line = { stroke: ink, strokeWidth: 1.2, strokeDasharray: ruleDash, className: `rule-${axis}` };
  if (axis === "y") return [Plot.ruleY([at], line)];
  const isRight = share(at) > 0.5;
  const beside = { textAnchor: isRight ? ("end" as const) : ("start" as const), dx: isRight ? -6 : 6, dy: 8 };
  return [Plot.ruleX([at], line), Plot.text([{ x: at, y: top }], { ...halo, x: "x", y: "y", text: () => text, fill: ink, ...beside })];
}

const halo = { stroke: ground, strokeWidth: 4 };

/** Powers of ten all in one way, if one of them is too long to write out. */
function shownOnLog(tick: number, ticks: readonly number[]): string {
  const arePowers = ticks.every((t) => Number.isInteger(Math.log10(t)));
  return arePowers && ticks.some((t) => t < 1e-3 || t > 1e4) ? shownPower(tick) : shownNumber(tick);
}

/** How far along an axis a value lies, 0 … 1. */
function shareOf(log: boolean, [left, right]: readonly [number, number]): (x: number) => number {
  return (x) => (log ? Math.log(x / left) / Math.log(right / left) : (x - left) / (right - left));
}

interface Shares {
  readonly across: (x: number) => number;
  readonly up: (y: number) => number;
}

function drawMarked(Plot: Plot, { x, y, text }: Marked, share: Shares) {
  const isRight = share.across(x) > 0.6;
  // Most curves with a mark fall towards it, so that above on the right and below on the left there is room; but not where the axis has its numbers.
  const isBelow = isRight && share.up(y) > 0.15;
  const side = isRight ? { textAnchor: "end" as const, dx: -10 } : { textAnchor: "start" as const, dx: 10 };
  const beside = { ...side, dy: isBelow ? 12 : -12 };
  const at = { x: "x", y: "y" };
  return [
    Plot.dot([{ x, y }], { ...at, r: 6.5, stroke: ink, strokeWidth: 2, className: "marked" }),
    Plot.text([{ x, y }], { ...at, ...halo, ...beside, text: () => text, fill: ink, fontWeight: 600 }),
  ];
}
