/** Times in milliseconds. */
export interface Timing {
  readonly median: number;
  readonly best: number;
}

export interface Measured {
  readonly work: string;
  readonly times: Readonly<Record<string, readonly number[]>>;
  readonly disagreement: string | null;
}

export interface Results {
  readonly machine: string;
  readonly date: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly works: Record<string, Readonly<Record<string, Timing>>>;
}

export function summarize({ times }: Measured): Readonly<Record<string, Timing>> {
  return Object.fromEntries(
    Object.entries(times).map(([peer, all]) => {
      const sorted = [...all].sort((a, b) => a - b);
      const round = (x: number) => Number(x.toPrecision(4));
      return [peer, { median: round(sorted[sorted.length >> 1] as number), best: round(sorted[0] as number) }];
    }),
  );
}

/** Fastest first; GFLOP/s at the best time where the work is counted, and how many times as long as the fastest each takes. */
export function table(title: string, timings: Readonly<Record<string, Timing>>, mflop: number): string {
  const rows = Object.entries(timings).sort(([, a], [, b]) => a.median - b.median);
  const fastest = rows[0]?.[1].median ?? 1;
  const lines = rows.map(([peer, { median, best }]) =>
    [
      `  ${peer.padEnd(22)}`,
      median.toFixed(2).padStart(10),
      best.toFixed(2).padStart(10),
      (mflop > 0 ? (mflop / best).toFixed(1) : "").padStart(9),
      `${(median / fastest).toFixed(2)}×`.padStart(10),
    ].join(" "),
  );
  return [`\n${title}`, `  ${"".padEnd(22)}  median ms    best ms   GFLOP/s    of best`, ...lines].join("\n");
}
