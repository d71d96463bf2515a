/** The order p with which a remainder vanishes, R ≈ c hᵖ, and the steps that show it. */
export interface ObservedOrder {
  /** null where R is at the level of rounding. */
  readonly order: number | null;
  readonly window: { readonly first: number; readonly last: number };
}

/**
 * p of R ≈ c hᵖ by least squares on logarithms, over the last five steps on which R is above 30 times the noise.
 * @param points (h, R), h falling
 */
export function observedOrder(points: readonly (readonly [h: number, R: number])[], noise: number): ObservedOrder {
  const usable = points.map(([, R]) => Number.isFinite(R) && R > 30 * noise);
  // Three in a row: a single remainder may stick out of the rounding.
  const last = usable.findLastIndex((ok, i) => ok && usable[i - 1] === true && usable[i - 2] === true);
  const window = points.slice(Math.max(0, last - 4), last + 1).filter((_, i) => usable[Math.max(0, last - 4) + i]);
  if (last < 0) return { order: null, window: { first: Number.NaN, last: Number.NaN } };
  const logs = window.map(([h, R]) => [Math.log2(h), Math.log2(R)] as const);
  const meanH = logs.reduce((sum, [h]) => sum + h, 0) / logs.length;
  const meanR = logs.reduce((sum, [, R]) => sum + R, 0) / logs.length;
  const covariance = logs.reduce((sum, [h, R]) => sum + (h - meanH) * (R - meanR), 0);
  const variance = logs.reduce((sum, [h]) => sum + (h - meanH) ** 2, 0);
  return {
    order: covariance / variance,
    window: { first: (window[0] as readonly [number, number])[0], last: (window.at(-1) as readonly [number, number])[0] },
  };
}
