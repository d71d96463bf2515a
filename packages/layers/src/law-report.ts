/** One law, and what was found. */
export interface LawResult {
  readonly law: string;
  readonly ok: boolean;
  /** The largest error, relative to the norms of what went in. */
  readonly error: number;
  readonly detail: string;
}

export interface LawReport {
  readonly ok: boolean;
  readonly seed: number;
  readonly results: readonly LawResult[];
  toString(): string;
}

/** Checks every law; one that throws is broken. @param title the first line of the printed report */
export function reportLaws(title: string, seed: number, laws: readonly (readonly [law: string, check: () => LawResult])[]): LawReport {
  const results = laws.map(([law, check]) => held(law, check));
  return {
    ok: results.every((r) => r.ok),
    seed,
    results,
    toString: () => [`${title}, seed ${seed}`, ...results.map((r) => `  ${r.ok ? "✓" : "✗"} ${r.law.padEnd(24)} ${r.detail}`)].join("\n"),
  };
}

/** What a law finds; an error thrown on the way is a finding too. */
function held(law: string, check: () => LawResult): LawResult {
  try {
    return check();
  } catch (error) {
    return { law, ok: false, error: Number.POSITIVE_INFINITY, detail: `threw ${String(error)}` };
  }
}
