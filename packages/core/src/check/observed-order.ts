/** The order p with which a remainder vanishes, R ≈ c hᵖ, and the steps that show it. */
export interface ObservedOrder {
  /** null where R is at the level of rounding. */
  readonly order: number | null;
  /**
   * The part of the last R that a term c hᵏ explains, c = lim R/hᵏ by extrapolation: about 1 if R is of order k, about 0 if it is of a higher one,
   * also where the steps are still too long for p to show it.
   */
  readonly share: number;
  /** p over the last three steps alone, and lower: what it is below a corner that bends the longer ones. */
  readonly ending: number;
  /** The lowest p between two steps that follow one another. */
  readonly slowest: number;
  /** How many steps show it. */
  readonly count: number;
  /** The longest and the shortest step. */
  readonly window: { readonly first: number; readonly last: number };
}

/**
 * p of R ≈ c hᵖ by least squares on logarithms, over the last five steps on which |R| is above 30 times the noise.
 * @param points (h, R) with sign, h falling
 * @param k the order that R would have if the derivative before it were wrong
 */
export function observedOrder(points: readonly (readonly [h: number, R: number])[], k: number, noise: number): ObservedOrder {
  const usable = points.map(([, R]) => Number.isFinite(R) && Math.abs(R) > 30 * noise);
  // Three in a row: a single remainder may stick out of the rounding.
  const last = usable.findLastIndex((ok, i) => ok && usable[i - 1] === true && usable[i - 2] === true);
  const nothing = {
    order: null,
    share: 0,
    ending: Number.NaN,
    slowest: Number.NaN,
    count: 0,
    window: { first: Number.NaN, last: Number.NaN },
  };
  if (last < 0) return nothing;
  const [h, R] = points[last] as readonly [number, number];
  const [nextH, nextR] = points[last + 1] ?? [h, R];
  // A sudden fall to rounding: all that was there came from a corner further out, and a term of order k would not have vanished.
  if (Math.abs(nextR) < 0.25 * Math.abs(R) * (nextH / h) ** k) return nothing;
  const start = Math.max(0, last - 4);
  const window = points.slice(start, last + 1).filter((_, i) => usable[start + i]);
  const logs = window.map(([h, R]) => [Math.log2(h), Math.log2(Math.abs(R))] as const);
  const meanH = logs.reduce((sum, [h]) => sum + h, 0) / logs.length;
  const meanR = logs.reduce((sum, [, R]) => sum + R, 0) / logs.length;
  const covariance = logs.reduce((sum, [h, R]) => sum + (h - meanH) * (R - meanR), 0);
  const variance = logs.reduce((sum, [h]) => sum + (h - meanH) ** 2, 0);
  const [longest, shortest] = [window[0], window.at(-1)] as [readonly [number, number], readonly [number, number]];
  const quotients = window.map(([h, R]) => [h, R / h ** k] as const);
  const share = Math.abs(atZero(quotients) / (shortest[1] / shortest[0] ** k));
  const steepness = logs.slice(1).map(([h, R], i) => {
    const [before, above] = logs[i] as readonly [number, number];
    return (R - above) / (h - before);
  });
  const ending = Math.min(...steepness.slice(-2));
  return {
    order: covariance / variance,
    share,
    ending,
    slowest: Math.min(...steepness),
    count: window.length,
    window: { first: longest[0], last: shortest[0] },
  };
}

/** The polynomial through the last four points, at h = 0 (Neville). */
function atZero(points: readonly (readonly [h: number, q: number])[]): number {
  const nearest = points.slice(-4);
  const column = nearest.map(([, q]) => q);
  for (let level = 1; level < column.length; level++) {
    for (let i = 0; i + level < column.length; i++) {
      const [far, near] = [nearest[i] as readonly [number, number], nearest[i + level] as readonly [number, number]];
      column[i] = (far[0] * (column[i + 1] as number) - near[0] * (column[i] as number)) / (far[0] - near[0]);
    }
  }
  return column[0] as number;
}
