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

/**
 * The pair that is furthest off, as `noise`, if pairs that agree within their errors still differ by a tenth of the largest: rounding drowns the
 * change, and the opposite sign would have passed as well. null where they agree, or where there is nothing but rounding to see.
 * @param rounding of the derivatives by rule: asked for where pairs differ
 * @param size of the change, if it is not the largest of the pairs
 */
export function drowned(pairs: readonly SlopePair[], rounding: () => number, size = 0): ComparedSlope | null {
  const gaps = pairs.map(({ expected, found }) => Math.abs(expected - found));
  const gap = Math.max(0, ...gaps);
  const largest = pairs.reduce((most, { expected, found }) => Math.max(most, Math.abs(expected), Math.abs(found)), size);
  if (gap <= 0.1 * largest) return null;
  // A result that does not change but for rounding (the sum of a softmax) has slopes of that size, by rule and by differences.
  const least = rounding();
  if (!pairs.some(({ expected, found, error }) => Math.abs(found) > least || Math.abs(expected) > 2 * error)) return null;
  const index = gaps.indexOf(gap);
  return { pair: pairs[index] as SlopePair, index, verdict: "inconclusive", doubt: "noise" };
}

/** Wrong before inconclusive before ok, then by relative error. */
export function isWorse(a: ComparedSlope, b: ComparedSlope): boolean {
  if (a.verdict !== b.verdict) return order.indexOf(a.verdict) > order.indexOf(b.verdict);
  return relativeError(a.pair.expected, a.pair.found) > relativeError(b.pair.expected, b.pair.found);
}

const order: readonly Verdict[] = ["ok", "inconclusive", "wrong"];
