import { isValue, ShapeError, showShape, type Value } from "@paramat/core";
import { type Axis, axisDomain } from "./axis.js";
import { curvesFigure, requireSome } from "./curves-figure.js";
import type { Point } from "./drawable.js";
import type { FigureOptions } from "./figure.js";
import { shownNumber } from "./shown-number.js";

export interface SpectrumPlotOptions extends FigureOptions {
  /** Default true. */
  readonly unitCircle?: boolean;
}

/**
 * Eigenvalues of K(θ) in the complex plane, one length on both axes, with the axes and the unit circle: inside it Kⁿ dies out, beyond it Kⁿ grows.
 * @param spectrum [2, n], real parts first, as `spectrum` gives them; or several by name, such as before and after training
 * @throws ShapeError for another shape; RangeError for no eigenvalues
 */
export async function spectrumPlot(spectrum: Value | Readonly<Record<string, Value>>, options: SpectrumPlotOptions = {}): Promise<string> {
  const named = isValue(spectrum) ? { eigenvalues: spectrum } : spectrum;
  const series = await Promise.all(
    Object.entries(named).map(async ([label, values]) => ({ label, points: await eigenvalues(values), isDots: true })),
  );
  const all = series.flatMap(({ points }) => points).filter(({ x, y }) => Number.isFinite(x + y));
  requireSome("spectrumPlot", series.flatMap(({ points }) => points).length, "eigenvalues");
  const { unitCircle = true, width = 640 } = options;
  const circle = Array.from({ length: 181 }, (_, i) => ({ x: Math.cos((i * Math.PI) / 90), y: Math.sin((i * Math.PI) / 90) }));
  const height = 460;
  const [x, y] = equalAxes([...all, ...(unitCircle ? circle : [])], (width - 88) / (height - 72));
  const cross = [
    [
      { x: x.domain[0], y: 0 },
      { x: x.domain[1], y: 0 },
    ],
    [
      { x: 0, y: y.domain[0] },
      { x: 0, y: y.domain[1] },
    ],
  ];
  const radius = all.reduce((largest, p) => Math.max(largest, Math.hypot(p.x, p.y)), 0);
  const panel = { x, y, series, guides: [...cross, ...(unitCircle ? [circle] : [])], height };
  return curvesFigure("Eigenvalues of K(θ)", [panel], options, [`Largest |λ|: ${shownNumber(radius, 4)}.`]);
}

async function eigenvalues(values: Value): Promise<readonly Point[]> {
  if (values.shape.length !== 2 || values.shape[0] !== 2) {
    throw new ShapeError(`spectrumPlot: the spectrum has shape ${showShape(values.shape)}; it must be [2, n], real parts first`);
  }
  const numbers = await values.read();
  const n = numbers.length / 2;
  return Array.from({ length: n }, (_, i) => ({ x: numbers[i] as number, y: numbers[n + i] as number }));
}

/** Axes on which a unit has the same length, for a frame so many times as wide as it is high, with 0 in sight. */
function equalAxes(points: readonly Point[], aspect: number) {
  const ends = (label: string, read: (p: Point) => number) => axisDomain({ label, includes: [0] }, points.map(read));
  const [left, right] = ends("", (p) => p.x);
  const [bottom, top] = ends("", (p) => p.y);
  const half = Math.max((right - left) / 2, ((top - bottom) / 2) * aspect);
  const around = (low: number, high: number, room: number) => [(low + high) / 2 - room, (low + high) / 2 + room] as const;
  const axis = (label: string, domain: readonly [number, number]) => ({ label, domain }) satisfies Axis;
  return [axis("real part", around(left, right, half)), axis("imaginary part", around(bottom, top, half / aspect))] as const;
}
