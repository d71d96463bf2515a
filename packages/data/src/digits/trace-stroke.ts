import type { PenPoint, Stroke } from "./templates.js";

const stepsPerSpan = 6;

/**
 * The polyline x₀ y₀ x₁ y₁ … along a uniform Catmull–Rom spline: cubic from point to point, tangent there to the chord of its neighbours.
 * At a corner the spline ends and another begins. Made of + − × ÷ alone, so its numbers are the same on every platform.
 */
export function traceStroke(stroke: Stroke): Float64Array {
  const spans = stroke.length - 1;
  const line = new Float64Array(2 * (spans * stepsPerSpan + 1));
  for (let span = 0; span < spans; span++) {
    const from = stroke[span]!;
    const to = stroke[span + 1]!;
    const before = from[2] === "corner" ? undefined : stroke[span - 1];
    const after = to[2] === "corner" ? undefined : stroke[span + 2];
    for (let step = 0; step <= stepsPerSpan; step++) {
      const at = 2 * (span * stepsPerSpan + step);
      line[at] = cubic(before, from, to, after, 0, step / stepsPerSpan);
      line[at + 1] = cubic(before, from, to, after, 1, step / stepsPerSpan);
    }
  }
  return line;
}

/** Hermite's cubic with tangents (to − before)/2 and (after − from)/2; at an end, where a neighbour is missing, the chord itself. */
function cubic(before: PenPoint | undefined, from: PenPoint, to: PenPoint, after: PenPoint | undefined, axis: 0 | 1, t: number): number {
  const p = from[axis];
  const q = to[axis];
  const leave = before === undefined ? q - p : (q - before[axis]) / 2;
  const arrive = after === undefined ? q - p : (after[axis] - p) / 2;
  const a = 2 * (p - q) + leave + arrive;
  const b = 3 * (q - p) - 2 * leave - arrive;
  return p + t * (leave + t * (b + t * a));
}
