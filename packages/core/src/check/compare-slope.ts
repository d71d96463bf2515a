import { relativeError, type Verdict } from "./check-result.js";

/** A derivative by rule beside the same by differences. */
export interface SlopePair {
  readonly expected: number;
  readonly found: number;
  /** How far `expected` may be off. */
  readonly error: number;
  /** The slopes to the left and to the right. */
  readonly sides: readonly [number, number];
  readonly kinked: boolean;
  /** What a change is measured against: the largest number on the way of f. */
  readonly magnitude: number;
  readonly epsilon: number;
}

export interface ComparedSlope {
  readonly pair: SlopePair;
  readonly verdict: Verdict;
  /** Why it is inconclusive. */
  readonly doubt: "kink" | "noise" | null;
  /** Which of several pairs it was. */
  readonly index: number;
}

/**
 * Whether a derivative agrees with differences: within 20 times the differences' own error and ε^0.45 (9e-8 in float64) of its size.
 * At a kink every slope between the one to the left and the one to the right is a fair answer, which vouches for nothing; a slope outside is wrong.
 * Agreement within an error above 1/1000 of everything in sight (1/20 in float32) is no agreement: `noise`.
 */
export function compareSlope(pair: SlopePair, index = 0): ComparedSlope {
  const { expected, found, error, sides, kinked, magnitude, epsilon } = pair;
  const size = Math.max(Math.abs(expected), Math.abs(found));
  const slack = 20 * error;
  if (Math.abs(expected - found) <= slack + epsilon ** 0.45 * size) {
    const noisy = slack > Math.max(1e-3, 64 * epsilon ** 0.45) * Math.max(size, magnitude);
    return { pair, index, verdict: noisy ? "inconclusive" : "ok", doubt: noisy ? "noise" : null };
  }
  const [low, high] = sides[0] < sides[1] ? sides : [sides[1], sides[0]];
  // One-sided slopes are only as good as their step.
  const blur = slack + 1e-3 * (high - low);
  const between = kinked && found >= low - blur && found <= high + blur;
  return { pair, index, verdict: between ? "inconclusive" : "wrong", doubt: between ? "kink" : null };
}

/** The pair that is furthest off; null where there is none. */
export function worstSlope(pairs: readonly SlopePair[]): ComparedSlope | null {
  return pairs
    .map(compareSlope)
    .reduce<ComparedSlope | null>((worst, next) => (worst === null || isWorse(next, worst) ? next : worst), null);
}

/** Wrong before inconclusive before ok, then by relative error. */
export function isWorse(a: ComparedSlope, b: ComparedSlope): boolean {
  if (a.verdict !== b.verdict) return order.indexOf(a.verdict) > order.indexOf(b.verdict);
  return relativeError(a.pair.expected, a.pair.found) > relativeError(b.pair.expected, b.pair.found);
}

const order: readonly Verdict[] = ["ok", "inconclusive", "wrong"];
