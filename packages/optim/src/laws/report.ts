import type { LawReport, LawResult } from "@paramat/layers/laws";

/** What a law found. */
export interface Finding {
  readonly ok: boolean;
  /** Relative, or the amount by which an inequality fails. */
  readonly error: number;
  readonly detail: string;
}

export function reportOf(title: string, seed: number, results: readonly LawResult[]): LawReport {
  return {
    ok: results.every(({ ok }) => ok),
    seed,
    results,
    toString: () =>
      [`${title}, seed ${seed}`, ...results.map(({ ok, law, detail }) => `  ${ok ? "✓" : "✗"} ${law.padEnd(30)} ${detail}`)].join("\n"),
  };
}

/** An error thrown on the way is a finding too. */
export function threw(error: unknown): Finding {
  return { ok: false, error: Number.POSITIVE_INFINITY, detail: `threw ${String(error)}` };
}

/** error ≤ allowed, with both told; NaN is never within. */
export function within(error: number, allowed: number, what: string): Finding {
  return { ok: error <= allowed, error, detail: `${what}: ${error === 0 ? "0" : error.toExponential(1)}` };
}

/** The first of the facts that does not hold, or that all do. */
export function facts(list: readonly (readonly [what: string, holds: boolean])[]): Finding {
  const wrong = list.find(([, holds]) => !holds);
  return wrong
    ? { ok: false, error: 1, detail: `not so: ${wrong[0]}` }
    : { ok: true, error: 0, detail: `${list.length === 1 ? (list[0] as readonly [string, boolean])[0] : `${list.length} facts`}` };
}

/** A stream for each law, so that its draws do not depend on which others are tried. */
export function seedFor(seed: number, law: string): number {
  return Array.from(law).reduce((hash, letter) => (31 * hash + (letter.codePointAt(0) as number)) | 0, seed);
}
