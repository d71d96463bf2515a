import { printNumber } from "../print-array.js";
import { type Location, showLocation } from "./location.js";

/** `inconclusive`: the test cannot tell here (a kink, the edge of the domain, rounding noise), so it vouches for nothing. */
export type Verdict = "ok" | "wrong" | "inconclusive";

/** The entry that is furthest off. */
export interface Offender {
  /** The entry of x, or the leaf, whose derivative (or whose number) it is. */
  readonly input?: Location;
  /** The entry of f(x), where one is to blame. */
  readonly output?: Location;
  readonly expected: number;
  readonly found: number;
}

/** What one test found. */
export interface CheckResult {
  readonly name: string;
  readonly verdict: Verdict;
  /** Not wrong. */
  readonly ok: boolean;
  /** The figure that decided it, in one line. */
  readonly summary: string;
  readonly offender?: Offender;
  toString(): string;
}

export function checkResult(name: string, verdict: Verdict, summary: string, offender?: Offender): CheckResult {
  return {
    name,
    verdict,
    ok: verdict !== "wrong",
    summary,
    ...(offender ? { offender } : {}),
    toString: () => `${marks[verdict]} ${name}: ${summary}${offender ? `\n  ${showOffender(offender)}` : ""}`,
  };
}

export const marks: Readonly<Record<Verdict, string>> = { ok: "✓", wrong: "✗", inconclusive: "?" };

export function showOffender({ input, output, expected, found }: Offender): string {
  const where = [output, input].flatMap((place) => (place ? [showLocation(place)] : []));
  return `${where.join(" by ")}: expected ${printNumber(expected)}, found ${printNumber(found)}, relative error ${showError(relativeError(expected, found))}`;
}

/** |found − expected| / max(|found|, |expected|). */
export function relativeError(expected: number, found: number): number {
  const error = Math.abs(found - expected);
  return error === 0 ? 0 : error / Math.max(Math.abs(found), Math.abs(expected));
}

/** Two digits: errors are known to no more. */
export function showError(error: number): string {
  return error === 0 ? "0" : error.toExponential(1);
}
