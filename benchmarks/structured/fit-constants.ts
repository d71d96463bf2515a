/** Constants c ≥ 0 so that Σ_k c_k work_k is about the measured time. */
export interface Fit {
  readonly constants: Readonly<Record<string, number>>;
  /** e to the root mean square of log(predicted / measured): by what factor predictions are off. */
  readonly deviation: number;
}

/**
 * The constants that bring the logarithms of predictions nearest to those of the times: relative errors count, for short and for long calls alike.
 * One constant after another is multiplied or divided by a step that shrinks.
 */
export function fitConstants<W extends object>(works: readonly W[], times: readonly number[]): Fit {
  const counts = works as readonly Readonly<Record<string, number>>[];
  const keys = Object.keys(counts[0] ?? {});
  const total = (of: (i: number) => number) => counts.reduce((sum, _, i) => sum + of(i), 0);
  const squares = (constants: Readonly<Record<string, number>>): number =>
    total((i) => {
      const predicted = keys.reduce((sum, key) => sum + (constants[key] as number) * (counts[i]?.[key] as number), 0);
      return Math.log(predicted / (times[i] as number)) ** 2;
    });
  // Each kind of work alone would explain everything, so start from its even share.
  const share = (key: string) =>
    total((i) => times[i] as number) /
    Math.max(
      1,
      total((i) => counts[i]?.[key] as number),
    ) /
    keys.length;
  let constants = Object.fromEntries(keys.map((key) => [key, share(key)]));
  let best = squares(constants);
  for (let step = 4; step > 1.005; step = Math.sqrt(step)) {
    for (let moved = true; moved; ) {
      moved = false;
      for (const key of keys) {
        for (const factor of [step, 1 / step]) {
          const tried = { ...constants, [key]: (constants[key] as number) * factor };
          const error = squares(tried);
          if (error < best - 1e-6) {
            [constants, best, moved] = [tried, error, true];
          }
        }
      }
    }
  }
  return {
    constants: Object.fromEntries(keys.map((key) => [key, Number((constants[key] as number).toPrecision(2))])),
    deviation: Math.exp(Math.sqrt(best / counts.length)),
  };
}
