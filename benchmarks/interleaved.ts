/** Something timed: `run` does the work once; `work` is how much, in floating-point operations (0 if that says nothing). */
export interface Contender {
  readonly name: string;
  readonly run: () => void;
  readonly work: number;
}

export interface Timing {
  readonly name: string;
  /** Median over the rounds, in milliseconds. */
  readonly median: number;
  readonly best: number;
  /** work / best, in GFLOP/s. */
  readonly rate: number;
}

/** Times contenders in turn, round by round, after warm-up, so that drift of the machine falls on all of them alike. */
export function timeInterleaved(contenders: readonly Contender[], rounds: number): Timing[] {
  for (const { run } of contenders) for (let k = 0; k < 2; k++) run();
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    contenders.forEach(({ run }, c) => {
      const start = performance.now();
      run();
      (times[c] as number[]).push(performance.now() - start);
    });
  }
  return contenders.map(({ name, work }, c) => {
    const sorted = (times[c] as number[]).sort((a, b) => a - b);
    const best = sorted[0] as number;
    return { name, median: sorted[sorted.length >> 1] as number, best, rate: work / best / 1e6 };
  });
}

/** A table; the first contender is what the ratios are against. */
export function printTimings(title: string, timings: readonly Timing[]): string {
  const base = (timings[0] as Timing).best;
  const rows = timings.map(({ name, median, best, rate }) =>
    [
      name.padEnd(34),
      best.toFixed(2).padStart(9),
      median.toFixed(2).padStart(9),
      rate > 0 ? rate.toFixed(2).padStart(8) : "        ",
      `${(base / best).toFixed(2)}×`.padStart(9),
    ].join(" "),
  );
  return [`${title}\n${"".padEnd(34)}   best ms median ms  GFLOP/s   speed-up`, ...rows].join("\n");
}
