/** The entries of d at `positions`; zero elsewhere. */
export function only(d: Float64Array, positions: readonly number[]): Float64Array {
  const part = new Float64Array(d.length);
  for (const i of positions) part[i] = d[i] as number;
  return part;
}

/** The one entry that is left when a direction that is wrong is halved again and again into one that still is; null where neither half is. */
export function halve(d: Float64Array, isWrong: (part: Float64Array) => boolean): number | null {
  let active = Array.from(d.keys()).filter((i) => d[i] !== 0);
  while (active.length > 1) {
    const middle = active.length >> 1;
    const part = [active.slice(0, middle), active.slice(middle)].find((half) => isWrong(only(d, half)));
    if (!part) return null;
    active = part;
  }
  return active[0] ?? null;
}
