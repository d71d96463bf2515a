/** What an axis shows. */
export interface Axis {
  /** With its unit, where it has one. */
  readonly label: string;
  readonly log?: boolean;
  /** Ticks at integers alone. */
  readonly isInteger?: boolean;
  /** Values to show besides the data. */
  readonly includes?: readonly number[];
  /** From where to where, instead of what the data asks for. */
  readonly domain?: readonly [number, number];
}

/** The ends of an axis, with a little room beside the data; unit length where there is no data. */
export function axisDomain(axis: Axis, values: Iterable<number>): readonly [number, number] {
  if (axis.domain) return axis.domain;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const v of [...values, ...(axis.includes ?? [])]) {
    if (!Number.isFinite(v) || (axis.log && v <= 0)) continue;
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  if (low > high) return axis.log ? [0.1, 1] : [0, 1];
  if (axis.log) {
    const room = Math.max(0.04 * Math.log10(high / low), low === high ? 0.5 : 0.02);
    return [10 ** (Math.log10(low) - room), 10 ** (Math.log10(high) + room)];
  }
  const room = low === high ? Math.max(Math.abs(low) / 2, 0.5) : 0.04 * (high - low);
  // At a value that is only to be seen, such as 0 under stems, the axis ends.
  const isEnd = (v: number) => axis.includes?.includes(v) === true;
  return [isEnd(low) ? low : low - room, isEnd(high) ? high : high + room];
}

/** Round numbers within the domain, about as many as asked: 1, 2 or 5 times a power of ten apart, or powers of ten on a logarithmic axis. */
export function axisTicks({ log, isInteger }: Axis, [low, high]: readonly [number, number], count: number): readonly number[] {
  const ticks = log ? logTicks(low, high, count) : linearTicks(low, high, count, isInteger === true);
  return ticks.filter((t) => t >= low && t <= high);
}

function linearTicks(low: number, high: number, count: number, isInteger: boolean): readonly number[] {
  const raw = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(isInteger ? 1 : 0, ([1, 2, 5, 10].find((m) => m * power >= 0.8 * raw) as number) * power);
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  // The quotient with a power of ten is exact to the last digit, the product with 0.1 is not.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    step < 1 ? (first + i) / Math.round(1 / step) : (first + i) * step,
  );
}

function logTicks(low: number, high: number, count: number): readonly number[] {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const decades = Math.log10(high / low);
  const powers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const power = (e: number, m = 1) => Number(`${m}e${e}`);
  if (decades < 0.5) return linearTicks(low, high, count, false);
  if (decades < 3) return powers.flatMap((e) => (decades < 1.5 ? [1, 2, 3, 5, 7] : [1, 2, 5]).map((m) => power(e, m)));
  const stride = Math.ceil(decades / count);
  return powers.filter((e) => e % stride === 0).map((e) => power(e));
}
