import type { Axis } from "./axis.js";

/** A point of a curve. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** Ends of its error bar. */
  readonly low?: number;
  readonly high?: number;
}

/** The points with NaN for what their axes cannot show, and in words how many those are. */
export interface Drawable {
  readonly points: readonly Point[];
  readonly notes: readonly string[];
}

/** Leaves gaps where a value is NaN, infinite, or ≤ 0 on a logarithmic axis: a line is not drawn across them. */
export function drawable(label: string, points: readonly Point[], x: Axis, y: Axis): Drawable {
  let [nonFinite, nonPositive] = [0, 0];
  const kept = points.map((point) => {
    if (isShownOn(x, point.x) && isShownOn(y, point.y)) return point;
    if (Number.isFinite(point.x) && Number.isFinite(point.y)) nonPositive++;
    else nonFinite++;
    return { x: Number.NaN, y: Number.NaN };
  });
  const notes = [
    ...(nonFinite > 0 ? [`${label}: ${counted(nonFinite)} NaN or infinite`] : []),
    ...(nonPositive > 0 ? [`${label}: ${counted(nonPositive)} ≤ 0, which a logarithmic axis cannot show`] : []),
  ];
  return { points: kept, notes };
}

/** Whether an axis can show a number. */
export function isShownOn({ log }: Axis, value: number): boolean {
  return Number.isFinite(value) && !(log && value <= 0);
}

function counted(n: number): string {
  return n === 1 ? "1 value is" : `${n} values are`;
}
