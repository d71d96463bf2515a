import type { Axis } from "./axis.js";
import { type DrawnSeries, drawCurves, type Marked, type Rule, ruleDash } from "./curve-panel.js";
import { drawable, isShownOn, type Point } from "./drawable.js";
import { type FigureOptions, figure } from "./figure.js";
import { loadPlot } from "./load-plot.js";
import { ink, seriesColor, seriesDash } from "./theme.js";

/** One curve with its name; the same name has the same colour in every panel. */
export interface Series {
  readonly label: string;
  readonly points: readonly Point[];
  readonly isDots?: boolean;
  readonly hasStems?: boolean;
}

/** Curves over one pair of axes. */
export interface Curves {
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly marked?: readonly Marked[];
  readonly rules?: readonly Rule[];
  readonly guides?: readonly (readonly Point[])[];
  /** In pixels. Default 300, or 220 for each of several. */
  readonly height?: number;
}

/** Panels of curves one below the other, with a key where a panel has more than one curve, and in the caption what could not be drawn. */
export async function curvesFigure(
  title: string,
  panels: readonly Curves[],
  options: FigureOptions,
  caption: readonly string[] = [],
): Promise<string> {
  const Plot = await loadPlot();
  const labels = [...new Set(panels.flatMap(({ series }) => series.map(({ label }) => label)))];
  const look = (label: string) => ({ color: seriesColor(labels.indexOf(label)), dash: seriesDash(labels.indexOf(label)) });
  const isDots = (label: string) => panels.every(({ series }) => series.every((one) => one.label !== label || one.isDots));
  const notes: string[] = [];
  const drawn = panels.map((panel) => {
    const series = panel.series.map(({ label, points, ...kind }): DrawnSeries => {
      const kept = drawable(label, points, panel.x, panel.y);
      notes.push(...kept.notes);
      return { points: kept.points, ...look(label), ...kind };
    });
    const marked = (panel.marked ?? []).filter((mark) => isShownOn(panel.x, mark.x) && isShownOn(panel.y, mark.y));
    const rules = (panel.rules ?? []).filter(({ axis, at }) => isShownOn(panel[axis], at));
    for (const lost of [...(panel.marked ?? []), ...(panel.rules ?? [])]) {
      if (![...marked, ...rules].includes(lost)) notes.push(`${lost.text}: has no place on these axes`);
    }
    const height = panel.height ?? (panels.length > 1 ? 220 : 300);
    return { height, draw: (y: number) => drawCurves(Plot, { ...panel, series, marked, rules, width: options.width ?? 640, height }, y) };
  });
  const gaps = notes.length > 0 ? [`Gaps: ${[...new Set(notes)].join("; ")}.`] : [];
  // A panel with one curve says on its axis what it is.
  const named = labels.filter((label) => panels.some(({ series }) => series.length > 1 && series.some((one) => one.label === label)));
  const across = panels.flatMap(({ rules = [] }) => rules.filter(({ axis }) => axis === "y"));
  const key = [
    ...named.map((label) => ({ label, ...look(label), isDots: isDots(label) })),
    ...across.map(({ text }) => ({ label: text, color: ink, dash: ruleDash })),
  ];
  return figure({ title: options.title ?? title, panels: drawn, key, caption: [...caption, ...gaps] }, options);
}

/** @throws RangeError where there is nothing to draw, with what is missing */
export function requireSome(op: string, count: number, what: string): void {
  if (!(count > 0)) throw new RangeError(`${op}: there is nothing to draw; 0 ${what}; give at least one`);
}
